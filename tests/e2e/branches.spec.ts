import { checkInNew, registerPatient } from '../browser/front-desk';
import { newHospital, signIn, signUpAndPay } from '../browser/signup';
import { expect, test } from '../browser/test';

test('a second branch: added, chosen, with tokens, numbers and prices of its own, and closed', async ({
  page,
}) => {
  test.setTimeout(150_000);
  const hospital = newHospital('Branches');
  await signUpAndPay(page, hospital, '12');
  await signIn(page, hospital);
  await expect(page).toHaveURL(/\/today$/);
  // Who has one branch is asked nothing.
  await expect(page.getByRole('button', { name: /^Branch:/ })).toHaveCount(0);
  await registerPatient(page, { firstName: 'Asha', lastName: 'Iyer' });

  await test.step('it is added', async () => {
    await page.goto('/settings/branches');
    await expect(page.getByText('1 of 5 branches open')).toBeVisible();
    await page.getByRole('button', { name: 'Add branch' }).click();
    const dialog = page.getByRole('dialog', { name: 'New branch' });
    await dialog.getByLabel('Name', { exact: true }).fill('Hebbal');
    await dialog.getByLabel('Numbers of bills begin with').fill('hb1');
    await dialog.getByLabel('Address').fill('4 Lake Road, Hebbal');
    await dialog.getByRole('button', { name: 'Add branch' }).click();
    await expect(page.getByText('2 of 5 branches open')).toBeVisible();
    await expect(page.getByText('Bills begin with HB1')).toBeVisible();
  });

  await test.step('each has its own queue, and all have the patient', async () => {
    await checkInNew(page, { firstName: 'Meera', lastName: 'Rao', birthDate: '1970-05-02' });
    await page.goto('/queue');
    const queue = page.getByRole('list', { name: 'Queue, in order of turn' });
    await expect(queue.getByRole('listitem')).toHaveCount(1);
    await page.getByRole('button', { name: 'Branch: Main branch' }).click();
    await page.getByRole('menuitem', { name: 'Hebbal' }).click();
    await expect(page).toHaveURL(/\/today$/);
    await expect(page.getByRole('button', { name: 'Branch: Hebbal' })).toBeVisible();
    await page.goto('/queue');
    await expect(queue).toHaveCount(0);
    await page.goto('/patients?q=Asha');
    await expect(page.getByRole('link', { name: 'Asha Iyer' }).first()).toBeVisible();
    await checkInNew(page, { firstName: 'Gita', lastName: 'Hebbal', birthDate: '1981-09-21' });
    await page.goto('/queue');
    // The first token of this branch.
    await expect(queue.getByRole('listitem')).toHaveCount(1);
    await expect(queue.getByRole('listitem').first()).toContainText('1');
  });

  await test.step('a price and a bill of this branch', async () => {
    await page.goto('/settings/price-list');
    const start = page.getByRole('button', { name: 'Start from the services of an eye hospital' });
    if (await start.isVisible()) await start.click();
    await expect(page.getByLabel('Find a service')).toBeVisible();
    await page.getByLabel('Prices at').selectOption('Hebbal');
    await expect(page.getByText('What counts for Hebbal.')).toBeVisible();
    await page
      .getByRole('button', { name: /^Set price of/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: /for Hebbal$/ });
    await dialog
      .getByLabel(/^Price/)
      .first()
      .fill('321');
    await dialog.getByRole('button', { name: 'Save price' }).click();
    await expect(page.getByText('its own price').first()).toBeVisible();
  });

  await test.step('who works where, and what the reports may be of', async () => {
    await page.goto('/staff');
    await expect(page.getByRole('columnheader', { name: 'Branches' })).toBeVisible();
    await page.goto('/reports');
    await page.getByLabel('Branch', { exact: true }).selectOption('Hebbal');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(page.getByText('everything else is of this one')).toBeVisible();
    await expect(page).toHaveURL(/branch=/);
  });

  await test.step('it is not closed while somebody waits', async () => {
    await page.goto('/settings/branches');
    await page.getByRole('button', { name: 'Close Hebbal' }).click();
    await page.getByRole('button', { name: 'Close the branch' }).click();
    await expect(page.getByText('There are still patients who wait.')).toBeVisible();
  });
});
