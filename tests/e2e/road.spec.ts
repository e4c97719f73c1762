import { account, signInAs } from '../browser/demo';
import { registerPatient } from '../browser/front-desk';
import { newHospital, signIn, signUpAndPay } from '../browser/signup';
import { expect, test } from '../browser/test';

const mrrOf = (text: string): number => Number(text.replace(/[^\d.]/g, ''));

test('a hospital signs up, pays, gets its database, signs in, registers a patient and books; the company earns $99 more', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const platform = await (await browser.newContext()).newPage();
  await signInAs(platform, account('super-admin'));
  const mrr = async () => {
    await platform.goto(
      new URL('/platform', page.url().startsWith('http') ? page.url() : undefined).toString(),
    );
    return mrrOf(await platform.getByTestId('mrr').innerText());
  };
  await page.goto('/');
  const before = await mrr();

  const hospital = newHospital('Road hospital');
  await test.step('signs up and pays', async () => {
    await signUpAndPay(page, hospital);
  });

  await test.step('signs in', async () => {
    await page.getByRole('link', { name: 'Go to sign in' }).click();
    await signIn(page, hospital);
    await expect(page).toHaveURL(/\/today$/);
    await expect(page.getByText(hospital.name).first()).toBeVisible();
  });

  await test.step('registers a patient', async () => {
    await registerPatient(page, { firstName: 'Lakshmi', lastName: 'Iyer', phone: '98450 11111' });
    await expect(page.getByRole('heading', { name: /Lakshmi Iyer/ })).toBeVisible();
  });

  await test.step('finds her by phone', async () => {
    await page.goto('/patients');
    await page.getByLabel('Search patients').fill('9845011111');
    await expect(page.getByRole('link', { name: /Lakshmi Iyer/ })).toBeVisible();
  });

  await test.step('books an appointment', async () => {
    await page.goto('/appointments/new');
    await page.getByLabel('Patient').fill('Lak');
    await page.getByRole('option', { name: /Lakshmi Iyer/ }).click();
    await page.getByLabel('Doctor').selectOption({ label: 'Meera Nair' });
    await page.getByLabel('Date').fill(new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10));
    // The first free time arrives while this is typed, and leaves it alone.
    await page.getByLabel('Time', { exact: true }).fill('10.30 am');
    await page.getByLabel('Reason').fill('Blurred vision');
    await expect(page.getByLabel('Time', { exact: true })).toHaveValue('10:30');
    await page.getByRole('button', { name: 'Book appointment' }).click();
    await expect(page).toHaveURL(/\/appointments\?/);
    await expect(page.getByText('Lakshmi Iyer').first()).toBeVisible();
  });

  expect(await mrr()).toBe(before + 99);
});
