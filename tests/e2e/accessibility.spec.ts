import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { account, signInAs } from '../browser/demo';
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
  '/reports/prescriptions',
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
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
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

/** What stands out of the screen at the right; nothing where the page fits. */
const tooWide = (page: Page) =>
  page.evaluate(() =>
    document.documentElement.scrollWidth <= 360
      ? []
      : [...document.querySelectorAll('body *')]
          .filter((one) => one.getBoundingClientRect().right > 361 && !one.closest('.sr-only'))
          .map((one) => one.outerHTML.slice(0, 160))
          .slice(0, 5),
  );

type Found = { id: string; nodes: { html: string }[] };
type Axe = { run: (options: object) => Promise<{ violations: Found[] }> };
const said = (found: readonly Found[]) => found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
// Of what passes nothing is gathered.
const VIOLATIONS = { resultTypes: ['violations' as const] };

/** What axe finds on the page as it stands, by all rules of the standard. */
async function violationsOn(page: Page): Promise<string[]> {
  // In the page itself: the other mode opens a second one for each page, for frames from elsewhere.
  const axe = new AxeBuilder({ page }).setLegacyMode().options(VIOLATIONS).withTags(WCAG);
  return said((await axe.analyze()).violations);
}

/** What of its colours axe finds too pale; axe is in the page since it was asked before. */
const paleOn = async (page: Page): Promise<string[]> =>
  said(
    await page.evaluate(
      async (options) => {
        const { axe } = window as unknown as { axe: Axe };
        return (await axe.run(options)).violations;
      },
      { ...VIOLATIONS, runOnly: { type: 'rule', values: ['color-contrast'] } },
    ),
  );

const DESKTOP = { width: 1280, height: 720 };
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
        await page.setViewportSize(DESKTOP);
        // Colours on their way from one to the other are neither.
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        await page.goto(path);
        await page.locator('h1').first().waitFor();
        expect(await violationsOn(page), path).toEqual([]);
        // Dark mode changes the colours and nothing else.
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
        expect(await paleOn(page), `${path}, dark`).toEqual([]);
        await page.setViewportSize({ width: 360, height: 740 });
        // The page is laid out again within a moment; what does not fit then, stays.
        await expect.poll(() => tooWide(page), `${path}, on a phone`).toEqual([]);
      });
    }
  });
}
