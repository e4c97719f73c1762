import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { Secret, TOTP } from 'otpauth';
import { account, demo, mailedLink, signInAs } from '../browser/demo';
import { newHospital, signUpAndPay } from '../browser/signup';
import { renewalRefused } from '../browser/stripe-time';
import { expect, test } from '../browser/test';

/** The worker looks for news each minute; nobody waits for that here. */
async function lookForNews(): Promise<void> {
  const client = new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '');
  await client
    .db('chakravue_master')
    .collection('jobs')
    .updateMany(
      { kind: 'notices.sweep', state: { $in: ['done', 'waiting'] } },
      { $set: { state: 'waiting', runAt: new Date(), attempts: 0 } },
    );
  await client.close();
}

test('a colleague is invited, sets a second factor up, finds a customer by phone, refunds, quotes, answers, and is told of a failed payment', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const owner = account('super-admin');
  const tag = randomUUID().slice(0, 8);
  const email = `priya-${tag}@chakravue.test`;
  const password = 'a long enough passphrase';
  const number = String(Date.now()).slice(-7);
  const hospital = { ...newHospital('Operated'), phone: `+94 77 ${number}` };
  const subject = `The printer prints twice ${tag}`;

  const customer = await (await browser.newContext({ baseURL: demo().app })).newPage();
  await test.step('a customer has paid and asks something', async () => {
    await signUpAndPay(customer, hospital);
    await signInAs(customer, hospital);
    await customer.goto('/support');
    await customer.getByRole('button', { name: 'New ticket' }).click();
    await customer.getByLabel('Subject').fill(subject);
    await customer.getByLabel('Message').fill('Each slip comes out twice.');
    await customer.getByRole('button', { name: 'Send ticket' }).click();
    await expect(customer.getByRole('heading', { level: 1, name: subject })).toBeVisible();
  });

  const context = await browser.newContext({ baseURL: demo().app });
  const priya = await context.newPage();
  const dialog = page.getByRole('dialog');
  await test.step('invited by mail, and in with a second factor alone', async () => {
    await signInAs(page, owner);
    await page.goto('/platform/team');
    await page.getByRole('button', { name: 'Invite person' }).click();
    await dialog.getByLabel('Name').fill(`Priya ${tag}`);
    await dialog.getByLabel('Work email').fill(email);
    await dialog.getByLabel('Role').selectOption('finance');
    await dialog.getByLabel('Current password').fill(owner.password);
    await dialog.getByRole('button', { name: 'Send invitation' }).click();
    await expect(dialog).toBeHidden();

    await priya.goto(await mailedLink(page, email, '/platform/invitations/'));
    await priya.getByLabel('Password').fill(password);
    await priya.getByRole('button', { name: 'Join the team' }).click();
    await priya.getByRole('link', { name: 'Go to sign in' }).click();
    await priya.getByLabel('Email').fill(email);
    await priya.getByLabel('Password').fill(password);
    await priya.getByRole('button', { name: 'Sign in' }).click();
    await expect(priya).toHaveURL(/\/platform\/account\/second-factor$/);
    await priya.goto('/platform/organizations');
    await expect(priya).toHaveURL(/\/platform\/account\/second-factor$/);
    const form = priya.locator('form').filter({ has: priya.getByRole('button', { name: 'Set up an auth' }) });
    await form.getByLabel('Current password').fill(password);
    await form.getByRole('button', { name: 'Set up an authenticator app' }).click();
    const key = (await priya.locator('code').first().innerText()).replace(/\s/g, '');
    await priya
      .getByLabel('Code that the app shows')
      .fill(new TOTP({ secret: Secret.fromBase32(key) }).generate());
    await priya.getByRole('button', { name: 'Switch it on' }).click();
    await priya.getByRole('button', { name: 'I have kept them' }).click();
  });

  const hers = priya.getByRole('dialog');
  await test.step('finds the customer by phone from anywhere', async () => {
    await priya.goto('/platform/organizations');
    await expect(priya.getByRole('heading', { level: 1, name: 'Organizations' })).toBeVisible();
    await priya.keyboard.press('Control+k');
    await hers.getByRole('combobox').fill(number);
    // Its ticket is found by the same number.
    await hers.getByRole('option', { name: hospital.name }).filter({ hasNotText: subject }).click();
    await expect(priya.getByRole('heading', { level: 1, name: hospital.name })).toBeVisible();
  });
  const organization = priya.url();

  await test.step('gives money back and makes an offer', async () => {
    await priya
      .getByRole('list', { name: 'Payments' })
      .getByRole('button', { name: /^Refund/ })
      .click();
    await hers.getByLabel('Amount (USD)').fill('10');
    await hers.getByLabel('Reason').fill('Two days without mail');
    await hers.getByLabel('Current password').fill(password);
    await hers.getByRole('button', { name: 'Give it back' }).click();
    await expect(hers).toBeHidden();
    await expect(priya.getByText('$10.00 given back').or(priya.getByText('$10 given back'))).toBeVisible();

    await priya.getByRole('button', { name: 'New quote' }).click();
    await hers.getByLabel('Price').fill('1,850');
    await hers.getByLabel('Staff accounts').fill('60');
    await hers.getByRole('button', { name: 'Send quote' }).click();
    await expect(hers).toBeHidden();
    await expect(priya.getByRole('list', { name: 'Quotes' }).getByText('$1,850 a month')).toBeVisible();
    await mailedLink(page, hospital.email, '/quotes/');
  });

  await test.step('finds the ticket by its words, and answers', async () => {
    await priya.goto('/platform/tickets');
    await priya.getByLabel('Search tickets').fill(`slip comes out`);
    await expect(priya.getByRole('link', { name: subject })).toBeVisible();
    await priya.getByLabel('Search tickets').fill(hospital.name);
    // What is typed goes into the address after a moment, and would call a click back.
    await expect(priya).toHaveURL(/q=Operated/);
    await priya.getByRole('link', { name: subject }).click();
    await priya.getByLabel('Message').fill('Switch off the second printer under Windows.');
    await priya.getByLabel(/mark as solved/).check();
    await priya.getByRole('button', { name: 'Send answer' }).click();
    await expect(priya.getByText('Solved', { exact: true }).first()).toBeVisible();
    await customer.reload();
    await expect(customer.getByText('Switch off the second printer')).toBeVisible();
  });

  await test.step('is told of a payment that failed', async () => {
    await renewalRefused(hospital.email);
    await expect(async () => {
      await lookForNews();
      await priya.goto('/platform/notifications');
      await expect(priya.getByText(`A payment of ${hospital.name} has failed`)).toBeVisible({
        timeout: 1_500,
      });
    }).toPass({ timeout: 30_000 });
    await priya.getByRole('link', { name: `A payment of ${hospital.name} has failed` }).click();
    await expect(priya).toHaveURL(organization);
    await expect(priya.getByText('Payment overdue').first()).toBeVisible();
  });

  await test.step('works within her role', async () => {
    await priya.goto('/platform/organizations');
    await expect(priya.getByRole('button', { name: 'New demo' })).toBeHidden();
    await priya.goto('/platform/team');
    await expect(priya.getByRole('cell', { name: email, exact: true })).toBeVisible();
    await expect(priya.getByRole('button', { name: 'Invite person' })).toBeHidden();
    expect((await priya.request.get('/api/platform/audit/export')).status()).toBe(403);
    await context.close();
  });

  await test.step('the last owner stays; a colleague goes', async () => {
    await page.goto('/platform/account');
    await page.getByRole('button', { name: 'Leave the team' }).click();
    await dialog.getByLabel('Current password').fill(owner.password);
    await dialog.getByRole('button', { name: 'Leave now' }).click();
    await expect(dialog.getByText(/without an owner/)).toBeVisible();
    await page.goto('/platform/team');
    await page.getByRole('button', { name: `Actions for Priya ${tag}` }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await dialog.getByLabel('Current password').fill(owner.password);
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText(email)).toHaveCount(0);
  });
});
