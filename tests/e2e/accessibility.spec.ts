import type { Page } from 'playwright/test';
import { expectAccessible } from '../browser/accessible';
import { account, demo, mailedLink, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

const PUBLIC = [
  '/',
  '/pricing',
  '/status',
  '/signup',
  '/login',
  '/forgot-password',
  '/legal/terms',
  '/help',
  '/help?q=queue',
  '/help/check-in',
  '/legal/sub-processors',
  '/legal/about',
  '/status/subscribe',
  '/changes',
  '/platform/login',
  // A link that is cut off or too old says so, and where to go on.
  '/status/confirm/cut-off',
  '/status/leave/cut-off',
  '/invitations/cut-off',
  '/platform/invitations/cut-off',
  '/reset-password/cut-off',
  '/verify-email/cut-off',
  '/unsubscribe/cut-off',
  '/stop-notices/cut-off',
  '/quotes/cut-off',
  '/pay/cut-off',
];
const CLINIC = [
  '/today',
  '/patients',
  '/patients/new',
  '/patients/recalls',
  '/appointments',
  '/appointments/new',
  '/queue',
  '/queue/board',
  '/medicines',
  '/pharmacy',
  '/pharmacy/sales/new',
  '/pharmacy/figures',
  '/purchases/orders',
  '/purchases/orders/new',
  '/purchases/orders/proposal',
  '/purchases/returns',
  '/stock',
  '/stock/transfers',
  '/stock/transfers/new',
  '/stock/counts',
  '/stock/opening',
  '/stock/analysis',
  '/stock/refill',
  '/queue/orders',
  '/cashier',
  '/cashier/bills',
  '/cashier/charges',
  '/cashier/claims',
  '/cashier/doctor-shares',
  '/cashier/claims/settle',
  '/cashier/tds',
  '/cashier/shift',
  '/cashier/handover',
  '/cashier/packages',
  '/cashier/day-book',
  '/cashier/reports',
  '/cashier/expenses',
  '/cashier/estimates',
  '/cashier/deposits',
  '/cashier/online-payments',
  '/reports/analytics',
  '/reports/prescriptions',
  '/glasses/read?q=cvg1.3.20261129.12.1.sn5cn2a90d8p63.s0',
  '/staff',
  '/settings',
  '/settings/schedules',
  '/appointments/rebook',
  '/settings/price-list',
  '/settings/price-list/import',
  '/settings/bills',
  '/settings/payers',
  '/settings/branches',
  '/settings/letterhead',
  '/settings/sign-in-page',
  '/settings/prescription-sets',
  '/settings/online-payments',
  '/settings/templates',
  '/settings/addressees',
  '/settings/pharmacy',
  '/purchases',
  '/purchases/figures',
  '/suppliers',
  '/pharmacy/registers',
  '/pharmacy/recalls',
  '/glasses/read',
  '/settings/roles',
  '/settings/roles/new',
  '/settings/usage',
  '/settings/agreements',
  '/settings/report-mails',
  '/support',
  '/whats-new',
  '/billing',
];
const PLATFORM = [
  '/platform',
  '/platform/organizations',
  '/platform/databases',
  '/platform/events',
  '/platform/usage',
  '/platform/mails',
  '/platform/notifications',
  '/platform/tickets',
  '/platform/team',
  '/platform/account',
  '/platform/account/second-factor',
  '/platform/status',
  '/platform/announcements',
  '/platform/audit',
  '/platform/events/reconciliation',
  '/platform/feedback',
  '/platform/revenue',
  '/platform/revenue/mrr',
  '/platform/revenue/taxes',
  '/platform/tickets/answers',
  '/platform/tickets/report',
];

/** The address of the first visit in the queue. */
async function aVisit(page: Page): Promise<string> {
  await page.goto('/queue');
  const name = page.getByRole('list', { name: 'Queue, in order of turn' }).getByRole('link').first();
  return (await name.getAttribute('href')) ?? '';
}

const middle = Math.ceil(CLINIC.length / 2);

for (const [name, paths, role] of [
  ['the public pages', PUBLIC, null],
  ['half of the clinic', CLINIC.slice(0, middle), 'owner'],
  ['the other half of the clinic', CLINIC.slice(middle), 'owner'],
  ['the platform', PLATFORM, 'super-admin'],
] as const) {
  test(`${name} passes WCAG 2.2 AA, light and dark, and fits a phone`, async ({ page }) => {
    // Three seconds a page where the machine has other work.
    test.setTimeout(paths.length * 8_000 + 60_000);
    // A day board that scrolls to now puts what is above it under the bar, too small for axe.
    await page.addInitScript(() => {
      window.scrollBy = () => undefined;
    });
    if (role) await signInAs(page, account(role));
    for (const path of [...paths, ...(role === 'owner' ? [await aVisit(page)] : [])]) {
      await test.step(path, async () => {
        await expectAccessible(page, path);
      });
    }
  });
}

test('what is too pale is found among many that look the same, by its class, its state and what it is in', async ({
  page,
}) => {
  const rows = (pale: string) =>
    Array.from({ length: 9 }, (_, index) =>
      index === 5 ? pale : `<li><b class="dark">Name</b> <i>of ${index}</i></li>`,
    ).join('');
  const pages = {
    class: rows('<li><b class="pale">Name</b> <i>of 5</i></li>'),
    'what it is in': rows('<li class="faint"><b class="dark">Name</b> <i>of 5</i></li>'),
    style: rows('<li><b class="dark" style="color: #bbb">Name</b> <i>of 5</i></li>'),
    'what is beside it': rows('<li><b class="off">Name</b> <i>of 5</i></li>'),
    state: rows('<li><b class="dark" data-state="closed">Name</b> <i>of 5</i></li>'),
  };
  const style = `.dark { color: #111 } .pale, .faint i, .off + i, [data-state="closed"] { color: #bbb }`;
  const shown = (list: string) =>
    page.setContent(
      `<html lang="en"><title>A list</title><style>${style}</style><main><h1>A list</h1><ul>${list}</ul></main>`,
    );
  await shown(rows('<li><b class="dark">Name</b> <i>of 5</i></li>'));
  await expectAccessible(page);
  for (const [by, list] of Object.entries(pages)) {
    await shown(list);
    await expect(expectAccessible(page), by).rejects.toThrow('color-contrast');
  }
});

test('a ticket, an invitation and what a mail leads to pass WCAG 2.2 AA, light and dark, and fit a phone', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  const tag = Date.now();
  const stranger = await (await browser.newContext()).newPage();
  await signInAs(page, account('owner'));
  await test.step('the status by mail', async () => {
    const reader = `axe-${tag}@hospital.test`;
    await stranger.goto(new URL('/status/subscribe', demo().app).href);
    await stranger.getByLabel('Email').fill(reader);
    await stranger.getByRole('button', { name: 'Send me the link' }).click();
    await expect(stranger.getByText('Look into your mailbox')).toBeVisible();
    await expectAccessible(stranger);
    await expectAccessible(stranger, await mailedLink(page, reader, '/status/confirm/'));
    await stranger.getByRole('button', { name: 'Send me the mails' }).click();
    await expect(stranger.getByText('You get a mail with each thing')).toBeVisible();
    await expectAccessible(stranger);
  });
  await test.step('an invitation to a hospital', async () => {
    const invited = `axe-staff-${tag}@hospital.test`;
    await page.goto('/staff');
    await page.getByRole('button', { name: 'Invite staff' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Asha Axe');
    await dialog.getByLabel('Role').selectOption('receptionist');
    await dialog.getByLabel('Work email').fill(invited);
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await expectAccessible(stranger, await mailedLink(page, invited, '/invitations/'));
  });
  await test.step('a ticket of a hospital', async () => {
    await page.goto('/support');
    await page.getByRole('button', { name: 'New ticket' }).click();
    await page.getByLabel('Subject').fill(`Axe ${tag}`);
    await page.getByLabel('Message').fill('Whether this page can be used by everybody.');
    await page.getByRole('button', { name: 'Send ticket' }).click();
    await expect(page.getByRole('heading', { level: 1, name: `Axe ${tag}` })).toBeVisible();
    await expectAccessible(page);
  });
  const company = await (await browser.newContext()).newPage();
  await signInAs(company, account('super-admin'));
  await test.step('a ticket on the desk, and an invitation to the team', async () => {
    await company.goto(new URL('/platform/tickets', demo().app).href);
    await company.getByRole('link', { name: `Axe ${tag}` }).click();
    await expect(company.getByRole('heading', { level: 1, name: `Axe ${tag}` })).toBeVisible();
    await expectAccessible(company);
    const invited = `axe-team-${tag}@chakravue.test`;
    await company.goto(new URL('/platform/team', company.url()).href);
    await company.getByRole('button', { name: 'Invite person' }).click();
    const dialog = company.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Axel Axe');
    await dialog.getByLabel('Work email').fill(invited);
    await dialog.getByLabel('Role').selectOption('read-only');
    await dialog.getByLabel('Current password').fill(account('super-admin').password);
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await expectAccessible(stranger, await mailedLink(page, invited, '/platform/invitations/'));
  });
});
