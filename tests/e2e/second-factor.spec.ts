import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright/test';
import { demo } from '../browser/demo';
import { signIn } from '../browser/signup';
import { expect, test } from '../browser/test';

// Nobody else's test signs in as this person.
const person = () => {
  const found = demo().accounts.find(({ email }) => email === 'doctor2@aravali.test');
  if (!found) throw new Error('doctor2 is not in the demonstration data');
  return found;
};

async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies();
}

async function confirmWithPassword(page: Page, button: string): Promise<void> {
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: button }) });
  await form.getByLabel('Current password').fill(person().password);
  await form.getByRole('button', { name: button }).click();
}

test('an authenticator app, a recovery code and a passkey let a person in', async ({ page }) => {
  await signIn(page, person());
  await expect(page).toHaveURL(/\/today$/);
  await page.goto('/settings/account/second-factor');
  await confirmWithPassword(page, 'Set up an authenticator app');
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  const key = (await page.locator('code').first().innerText()).replace(/\s/g, '');
  const totp = new TOTP({ secret: Secret.fromBase32(key) });
  await page.getByLabel('Code that the app shows').fill(totp.generate());
  await page.getByRole('button', { name: 'Switch it on' }).click();
  const list = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(list).toHaveCount(10);
  const codes = await list.allInnerTexts();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('10 codes are left.')).toBeVisible();

  await signOut(page);
  await signIn(page, person());
  await page.getByLabel('Authentication code').fill('000000');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/That code is not right/).first()).toBeVisible();
  // The code that switched it on is used up; the app's next one is taken a little early.
  await page.getByLabel('Authentication code').fill(totp.generate({ timestamp: Date.now() + 30_000 }));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/today$/);

  // A passkey needs a name, and 127.0.0.1 is none.
  const local = demo().app.replace('127.0.0.1', 'localhost');
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(`${local}/login`);
  await page.getByLabel('Email').fill(person().email);
  await page.getByLabel('Password').fill(person().password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByLabel('Recovery code').fill(codes[0] ?? '');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/today$/);
  await page.goto(`${local}/settings/account/second-factor`);
  await confirmWithPassword(page, 'Add a passkey');
  await page.getByLabel('Name of the passkey').fill('Test computer');
  await page.getByRole('button', { name: 'Save passkey' }).click();
  await expect(page.getByText('Test computer')).toBeVisible();

  await signOut(page);
  await page.goto(`${local}/login`);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(/\/today$/);

  // As the second step too, and then everything is put back.
  await signOut(page);
  await page.goto(`${local}/login`);
  await page.getByLabel('Email').fill(person().email);
  await page.getByLabel('Password').fill(person().password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Authentication code')).toBeVisible();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page).toHaveURL(/\/today$/);
  await page.goto(`${local}/settings/account/second-factor`);
  await page.getByRole('button', { name: 'Remove Test computer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill(person().password);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Test computer')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove the app' }).click();
  await dialog.getByLabel('Current password').fill(person().password);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('button', { name: 'Set up an authenticator app' })).toBeVisible();
});

test('a person who does nothing is asked, may stay, and is led to sign-in when nobody answers', async ({
  page,
}) => {
  await page.clock.install();
  await signIn(page, person());
  await expect(page).toHaveURL(/\/today$/);
  // From here on the page counts; before it is alive, time that passes is not noticed.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('session.seen'))).not.toBeNull();
  await page.clock.fastForward('14:10');
  await expect(page.getByRole('dialog', { name: 'Are you still there?' })).toBeVisible();
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.clock.fastForward('15:10');
  await page.clock.runFor(2_000);
  await expect(page).toHaveURL(/\/login\?next=%2Ftoday$/);
});
