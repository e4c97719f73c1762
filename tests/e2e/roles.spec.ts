import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

const FORBIDDEN: Record<string, string[]> = {
  receptionist: ['/api/patients/export', '/settings', '/billing', '/medicines/new'],
  pharmacist: ['/api/patients/export', '/settings', '/billing', '/patients/new', '/appointments/new'],
  cashier: ['/api/patients/export', '/settings', '/billing', '/patients/new', '/cashier/day-book'],
  optometrist: ['/api/patients/export', '/settings', '/billing', '/appointments/new', '/medicines/new'],
  doctor: ['/api/patients/export', '/settings', '/billing', '/medicines/new'],
};
const ALLOWED = ['/today', '/patients', '/appointments', '/queue', '/queue/board', '/medicines', '/staff'];

for (const [role, forbidden] of Object.entries(FORBIDDEN)) {
  test(`a ${role} opens the clinic's pages, and gets a real 403 elsewhere`, async ({ page }) => {
    await signInAs(page, account(role));
    for (const path of ALLOWED)
      expect((await page.request.get(`${demo().app}${path}`)).status(), path).toBe(200);
    for (const path of forbidden)
      expect((await page.request.get(`${demo().app}${path}`)).status(), path).toBe(403);
  });
}

test('signing out ends the session on the server: a copied cookie opens nothing', async ({
  page,
  browser,
}) => {
  await signInAs(page, account('receptionist'));
  const cookies = await page.context().cookies();
  await page.goto('/today');
  await page
    .getByRole('button', { name: /Ramesh Gupta|account|menu/i })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
  const thief = await browser.newContext();
  await thief.addCookies(cookies);
  const answer = await thief.request.get(`${demo().app}/patients`, { maxRedirects: 0 });
  expect(answer.status()).toBe(307);
  expect(answer.headers().location).toContain('/login');
});
