import { demo, mailedLink, signInAs } from '../browser/demo';
import { acceptAndGoOn, fillDetails, newHospital, payWith, signIn, signUpAndPay } from '../browser/signup';
import { expect, test } from '../browser/test';

test('recommends the plan from the expected number of users', async ({ page }) => {
  for (const [users, plan] of [
    ['5', 'Starter'],
    ['6', 'Professional'],
    ['21', 'Enterprise'],
  ] as const) {
    await fillDetails(page, newHospital(), users);
    await expect(page.getByRole('radio', { name: new RegExp(plan) })).toBeChecked();
  }
});

test('keeps what was typed when something is wrong, and says what', async ({ page }) => {
  const hospital = newHospital();
  await fillDetails(page, { ...hospital, email: 'not an address', password: 'short' });
  await expect(page.getByText('Enter an e-mail address such as name@hospital.com.').first()).toBeVisible();
  await expect(page.getByText(/Use at least 12 characters/).first()).toBeVisible();
  await expect(page.getByLabel('Organization name')).toHaveValue(hospital.name);
  await expect(page.getByLabel('Expected users')).toHaveValue('3');
  await expect(page.getByLabel('Country or region')).toHaveValue('LK');
});

test('a declined card keeps the customer on the payment page; nobody enters before paying', async ({
  page,
}) => {
  const hospital = newHospital('Declined');
  await fillDetails(page, hospital);
  await acceptAndGoOn(page);
  await payWith(page, '4000 0000 0000 0002');
  await expect(page.getByText('Your card was declined.')).toBeVisible();

  await signIn(page, hospital);
  await expect(page.getByText(/the payment is not finished yet/)).toBeVisible();
  await page.getByRole('link', { name: 'Continue to payment' }).click();
  await expect(page).toHaveURL(/\/signup\/status/);
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await payWith(page, '4242 4242 4242 4242');
  await expect(page.getByRole('link', { name: 'Go to sign in' })).toBeVisible({ timeout: 60_000 });
});

test('3-D Secure is asked and then paid', async ({ page }) => {
  await fillDetails(page, newHospital('Secure'));
  await acceptAndGoOn(page);
  await payWith(page, '4000 0025 0000 3155');
  await page.getByRole('button', { name: 'Complete authentication' }).click();
  await expect(page.getByRole('link', { name: 'Go to sign in' })).toBeVisible({ timeout: 60_000 });
});

test('the same organization twice gets a clear sentence; an address that has an account is told so in its mailbox alone', async ({
  page,
}) => {
  const hospital = newHospital('Twice');
  await signUpAndPay(page, hospital);
  await fillDetails(page, { ...newHospital(), name: hospital.name.toUpperCase() });
  await expect(page.getByText(/is signed up already/).first()).toBeVisible();

  // The browser that signed up confirms with one press; the address has an account from then on.
  await page.goto(await mailedLink(page, hospital.email, '/verify-email/'));
  await expect(page.getByLabel('Password')).toHaveCount(0);
  await page.getByRole('button', { name: 'Confirm e-mail address' }).click();
  await expect(page.getByText('Your address is confirmed')).toBeVisible();

  const second = { ...newHospital('Second'), email: hospital.email.toUpperCase() };
  await signUpAndPay(page, { ...second, password: 'whatever was typed there' });
  await signInAs(page, hospital);
  await page.goto('/today');
  await expect(page.getByText(hospital.name).first()).toBeVisible();
  await page.goto(await mailedLink(page, hospital.email, '/signup/own/'));
  await expect(page.getByRole('heading', { name: `Take on ${second.name}` })).toBeVisible();
  await page.getByRole('button', { name: 'Take it on' }).click();
  await expect(page.getByText(`${second.name} is yours`)).toBeVisible();
});

test('a stranger who signed up with my address is out once I confirm it, and what they made is mine', async ({
  page,
  browser,
}) => {
  const stranger = { ...newHospital('Strange'), password: 'what the stranger typed' };
  const elsewhere = await (await browser.newContext()).newPage();
  await signUpAndPay(elsewhere, stranger);
  await signInAs(elsewhere, stranger);
  await elsewhere.goto('/today');
  await expect(elsewhere).toHaveURL(/\/today$/);

  await page.goto(await mailedLink(page, stranger.email, '/verify-email/'));
  // Without the browser that signed up, the link alone confirms nothing.
  await page.getByRole('button', { name: 'Confirm e-mail address' }).click();
  await expect(page.getByText('Your address is confirmed')).toHaveCount(0);
  const mine = { ...stranger, password: 'what I choose for myself' };
  await page.getByLabel('Password').fill(mine.password);
  await page.getByRole('button', { name: 'Confirm e-mail address' }).click();
  await expect(page.getByText('Your address is confirmed')).toBeVisible();

  await elsewhere.goto('/today');
  await expect(elsewhere).toHaveURL(/\/login/);
  await expect(signInAs(elsewhere, stranger)).rejects.toThrow('WRONG_CREDENTIALS');
  await signInAs(page, mine);
  await page.goto('/today');
  await expect(page.getByText(mine.name).first()).toBeVisible();
  await elsewhere.context().close();
});

test('Enterprise is recorded as a request, and cannot sign in yet', async ({ page }) => {
  const hospital = newHospital('Chain');
  await fillDetails(page, hospital, '120');
  await acceptAndGoOn(page, 'Contact sales');
  await expect(page.getByText('We have your request')).toBeVisible();
  await signIn(page, hospital);
  await expect(page.getByText(/We have your request and will be in touch/)).toBeVisible();
});

test('an abandoned checkout says that nothing was charged and lets one go on', async ({ page }) => {
  await fillDetails(page, newHospital('Abandoned'));
  await acceptAndGoOn(page);
  await page
    .getByRole('link', { name: /cancel/i })
    .first()
    .click();
  await expect(page.getByText('The payment was not finished')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Continue to payment' })).toBeVisible();
});

test('a customer whose browser never returns is provisioned all the same', async ({ page }) => {
  const hospital = newHospital('Gone');
  await fillDetails(page, hospital);
  await acceptAndGoOn(page);
  await page.waitForURL(/\/c\/pay\//);
  const sessionId = new URL(page.url()).pathname.split('/').at(-1);
  await page.goto('about:blank');
  const { stripe } = demo();
  const paid = await page.request.post(`${stripe}/_emulator/checkout/${sessionId}/complete`, {
    headers: { authorization: 'Bearer sk_test_chakravue_local' },
  });
  expect(paid.ok()).toBe(true);
  await expect(() => signInAs(page, hospital)).toPass();
  await page.goto('/today');
  await expect(page).toHaveURL(/\/today$/);
});

test('a wrong password and an unknown address get the same answer', async ({ page }) => {
  const texts: string[] = [];
  for (const email of ['owner@aravali.test', 'nobody@aravali.test']) {
    await signIn(page, { email, password: 'not the password' });
    texts.push(await page.locator('form').getByRole('alert').innerText());
  }
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]).toContain('do not match');
});
