import type { Page } from 'playwright/test';
import { account, demo, mailedLink, signInAs } from '../browser/demo';
import {
  acceptAndGoOn,
  fillDetails,
  type NewHospital,
  newHospital,
  payWith,
  signIn,
  signUpAndPay,
} from '../browser/signup';
import { stripeTimeOf } from '../browser/stripe-time';
import { expect, test } from '../browser/test';

const GOOD_CARD = '4242 4242 4242 4242';
/** Can be saved, but each later charge fails. */
const FAILING_CARD = '4000 0000 0000 0341';

async function fillCard(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card number').fill(card);
  await page.getByLabel('Expiry').fill('12 / 34');
  await page.getByLabel('CVC').fill('123');
  await page.getByLabel('Name on card').fill('Meera Nair');
}

/** A paid hospital whose owner looks at the billing page. */
async function atBilling(page: Page, label: string): Promise<NewHospital> {
  const hospital = newHospital(label);
  await signUpAndPay(page, hospital);
  await signInAs(page, hospital);
  await page.goto('/billing');
  return hospital;
}

/** Events travel by webhook and job: the page is looked at again until it says so. */
const comesTrue = (page: Page, check: () => Promise<void>): Promise<void> =>
  expect(async () => {
    await page.reload();
    await check();
  }).toPass();

const inTwoSeconds = { timeout: 2_000 };

async function changeCard(page: Page, card: string): Promise<void> {
  await page.getByRole('button', { name: 'Update card' }).first().click();
  await fillCard(page, card);
  await page.getByRole('button', { name: 'Save card' }).click();
  await expect(page.getByText('The card was changed.')).toBeVisible();
  await expect(page).toHaveURL(/\/billing$/);
}

/** A hospital whose renewal was declined a month later, and the time it lives in. */
async function overdue(page: Page, label: string) {
  const hospital = await atBilling(page, label);
  await changeCard(page, FAILING_CARD);
  const time = await stripeTimeOf(hospital.email);
  await time.advanceDays(32);
  await comesTrue(page, () => expect(page.getByText(/The payment failed on/)).toBeVisible(inTwoSeconds));
  return { hospital, time };
}

test('a free start becomes a paid subscription when it ends', async ({ page }) => {
  const hospital = newHospital('Trial');
  await fillDetails(page, hospital);
  await page.getByRole('radio', { name: /days free/ }).check();
  await acceptAndGoOn(page);
  await payWith(page, GOOD_CARD);
  await expect(page.getByRole('link', { name: 'Go to sign in' })).toBeVisible({ timeout: 60_000 });
  await signInAs(page, hospital);
  await page.goto('/billing');
  await expect(page.getByText(/Your trial ends on/)).toBeVisible();
  const time = await stripeTimeOf(hospital.email);
  expect(await time.paidCents()).toBe(0);

  await time.advanceDays(15);
  await comesTrue(page, () => expect(page.getByText(/Your trial ends on/)).toBeHidden(inTwoSeconds));
  expect(await time.subscription()).toMatchObject({ status: 'active' });
  expect(await time.paidCents()).toBe(9_900);
});

test('an upgrade shows its price first; a downgrade waits for the end of the period and can be undone', async ({
  page,
}) => {
  const hospital = await atBilling(page, 'Growing');
  await page.getByRole('button', { name: 'Upgrade to Professional' }).click();
  const dialog = page.getByRole('dialog');
  // Moments after the first payment: the whole difference, or a cent or two less.
  await expect(dialog.getByText(/You pay \$(200|199\.9\d) today/)).toBeVisible();
  await dialog.getByRole('button', { name: /^Pay .* and change$/ }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('article', { name: 'Professional' }).getByText('Your plan')).toBeVisible();
  await page.goto('/reports/analytics');
  await expect(page.getByRole('heading', { name: 'Visits expected next week' })).toBeVisible();

  await page.goto('/billing');
  await page.getByRole('button', { name: 'Downgrade to Starter' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Change on/ })
    .click();
  await expect(page.getByText(/^Starter, .*, from/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo the change of plan' }).click();
  await expect(page.getByText(/^Starter, .*, from/)).toBeHidden();

  await page.getByRole('button', { name: 'Downgrade to Starter' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Change on/ })
    .click();
  await expect(page.getByText(/^Starter, .*, from/)).toBeVisible();
  await (await stripeTimeOf(hospital.email)).advanceDays(32);
  await comesTrue(page, () =>
    expect(page.getByRole('article', { name: 'Starter' }).getByText('Your plan')).toBeVisible(inTwoSeconds),
  );
});

test('a declined renewal takes nothing away, says until when, and a new card settles it', async ({
  page,
}) => {
  const { time } = await overdue(page, 'Declined');
  await expect(page.getByText(/The last payment failed\. Everything works until/)).toBeVisible();

  await page.getByRole('button', { name: 'Retry payment' }).click();
  await expect(page.getByText(/declined/).first()).toBeVisible();
  await page.goto('/patients/new');
  await expect(page.getByRole('button', { name: 'Register patient' })).toBeEnabled();

  await page.goto('/billing');
  await changeCard(page, GOOD_CARD);
  await comesTrue(page, () => expect(page.getByText(/The payment failed on/)).toBeHidden(inTwoSeconds));
  await expect(page.getByText(/The last payment failed/)).toBeHidden();
  expect(await time.paidCents()).toBe(2 * 9_900);
});

test('without a payment: read-only with its date, then suspended, and open again at once when paid', async ({
  page,
}) => {
  const { hospital, time } = await overdue(page, 'Unpaid');
  await time.advanceDays(8);
  await comesTrue(page, () =>
    expect(page.getByText(/Records can be seen, printed and exported until/).first()).toBeVisible(
      inTwoSeconds,
    ),
  );
  await page.goto('/patients');
  await expect(page.getByLabel('Search patients')).toBeVisible();
  const { app } = demo();
  expect((await page.request.get(`${app}/api/patients/export`)).status()).toBe(200);

  await time.advanceDays(20);
  // In the running session the owner reads why, and can pay.
  await comesTrue(page, () =>
    expect(page.getByRole('heading', { name: 'Your organization is suspended' })).toBeVisible(inTwoSeconds),
  );
  await expect(page.getByRole('link', { name: 'Pay now' })).toBeVisible();
  await expect(page.getByText('Your role does not open this page')).toBeHidden();
  await expect(async () => {
    await page.context().clearCookies();
    await signIn(page, hospital);
    await expect(page.getByText(/suspended because of an unpaid invoice/)).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await page.getByRole('link', { name: 'Pay now' }).click();
  await page.getByRole('button', { name: 'Pay now' }).click();
  await page.waitForURL(/\/i\//);
  await fillCard(page, GOOD_CARD);
  await page.getByRole('button', { name: /^Pay / }).click();
  await expect(() => signInAs(page, hospital)).toPass();
  await page.goto('/patients/new');
  await expect(page.getByRole('button', { name: 'Register patient' })).toBeEnabled();
});

test('a canceled subscription can be kept, or started again after its end', async ({ page }) => {
  const hospital = await atBilling(page, 'Leaving');
  const cancel = async () => {
    await page.getByRole('button', { name: 'Cancel subscription' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Another reason' }).check();
    await dialog.getByRole('button', { name: /^Cancel on/ }).click();
    await expect(page.getByText(/Your subscription ends on/)).toBeVisible();
  };
  await cancel();
  await page.getByRole('button', { name: 'Keep my subscription' }).click();
  await expect(page.getByText(/Your subscription ends on/)).toBeHidden();
  await cancel();
  const time = await stripeTimeOf(hospital.email);
  await time.advanceDays(32);
  await expect(async () => {
    await page.context().clearCookies();
    await signIn(page, hospital);
    await expect(page.getByText(/The subscription of your organization has ended/)).toBeVisible({
      timeout: 3_000,
    });
  }).toPass();
  await page.getByRole('link', { name: 'Start again' }).click();
  await page.getByRole('button', { name: 'Start again' }).click();
  await payWith(page, GOOD_CARD);
  await expect(() => signInAs(page, hospital)).toPass();
  await page.goto('/billing');
  await expect(page.getByRole('article', { name: 'Starter' }).getByText('Your plan')).toBeVisible();
  expect(await time.paidCents()).toBe(2 * 9_900);
});

test('an Enterprise request gets an offer by link, pays it, and has the limits that were agreed', async ({
  page,
  browser,
}) => {
  const hospital = newHospital('Chain');
  await fillDetails(page, hospital, '120');
  await acceptAndGoOn(page, 'Contact sales');
  await expect(page.getByText('We have your request')).toBeVisible();

  const sales = await (await browser.newContext({ baseURL: demo().app })).newPage();
  await sales.goto('/');
  await signInAs(sales, account('super-admin'));
  await sales.goto(`/platform/organizations?q=${encodeURIComponent(hospital.name)}`);
  await sales.getByRole('link', { name: hospital.name }).first().click();
  await sales.getByRole('button', { name: 'New quote' }).click();
  const dialog = sales.getByRole('dialog');
  await dialog.getByLabel('Price').fill('1500');
  await dialog.getByLabel('Staff accounts').fill('150');
  await dialog.getByLabel('Database').selectOption('shared');
  await dialog.getByRole('button', { name: 'Send quote' }).click();
  await expect(dialog.getByText('Confirm that a shared cluster is what was agreed.').first()).toBeVisible();
  await dialog.getByLabel(/^A shared cluster/).check();
  await dialog.getByRole('button', { name: 'Send quote' }).click();
  await expect(dialog).toBeHidden();
  await expect(sales.getByRole('list', { name: 'Quotes' }).getByText('$1,500 a month')).toBeVisible();

  const link = await mailedLink(page, hospital.email, '/quotes/');
  await page.goto(link);
  await expect(page.getByText(/on a cluster shared with other hospitals/)).toBeVisible();
  await page.getByRole('button', { name: 'Accept and pay' }).click();
  await payWith(page, GOOD_CARD);
  // Who has paid waits for the database on this page, and is not told that somebody will call.
  await expect(page.getByRole('list', { name: 'Progress' })).toBeVisible();
  await expect(page.getByText('We have your request')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Go to sign in' })).toBeVisible({ timeout: 30_000 });
  await expect(() => signInAs(page, hospital)).toPass();
  await page.goto('/billing');
  await expect(page.getByText(/Staff accounts, with pending invitations/)).toBeVisible();
  await expect(page.getByText(/150/).first()).toBeVisible();
});
