import type { Page } from 'playwright/test';
import { account, signInAs } from '../browser/demo';
import { registerPatient } from '../browser/front-desk';
import { expect, test } from '../browser/test';

/** Checks the patient of this page in, and opens the visit. */
async function openVisit(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Check in' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Check in' }).click();
  // A doctor begins at the doctor's station; the patient is at optometry.
  await page.goto('/queue?station=all');
  const queue = page.getByRole('list', { name: 'Queue, in order of turn' });
  await queue.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('form', { name: 'Measurements' })).toBeVisible();
}

test('a glaucoma follow-up is typed as people type, and is read back at a glance and in the trend', async ({
  page,
}) => {
  const name = 'Gita Tension';
  await signInAs(page, account('doctor'));
  await registerPatient(page, { firstName: 'Gita', lastName: 'Tension', birthDate: '1950-02-03' });
  await expect(page.getByText('Allergies not asked')).toBeVisible();
  // The page has only just opened: a press before it is awake does nothing.
  await expect(async () => {
    if (!(await page.getByLabel('Allergic to').isVisible()))
      await page.getByRole('button', { name: 'Add an allergy' }).click();
    await expect(page.getByLabel('Allergic to')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByLabel('Allergic to').fill('Timolol');
  await page.getByLabel('Reaction').fill('Wheeze');
  await page.getByRole('button', { name: 'Save allergy' }).click();
  const banner = page.getByRole('region', { name: 'Patient', exact: true });
  await expect(banner.getByText('Allergic to Timolol (Wheeze)')).toBeVisible();

  // The first visit sets the target.
  await openVisit(page, name);
  await expect(banner.getByText('Allergic to Timolol (Wheeze)')).toBeVisible();
  const measured = page.getByRole('form', { name: 'Measurements' });
  await measured.getByLabel('Right eye, best corrected').fill('6/9p');
  await measured.getByLabel('Right eye, mmHg').fill('19.5');
  await expect(measured.getByLabel('Time')).toHaveValue(/^\d\d:\d\d$/);
  await measured.getByRole('button', { name: 'Save measurements' }).click();
  await expect(page.getByText('Measurements saved.')).toBeVisible();
  const found = page.getByRole('form', { name: 'Findings and diagnoses' });
  await found.getByLabel('Right eye, cup/disc, vertical').fill('.8');
  await found.getByLabel('Right eye, cornea').fill('n');
  await found.getByLabel('Left eye, cornea').press('=');
  await expect(found.getByLabel('Left eye, cornea')).toHaveValue('Clear');
  await found.getByRole('combobox', { name: 'Add a diagnosis' }).fill('POAG');
  await expect(found.getByRole('option', { name: /Open-angle glaucoma/ })).toBeVisible();
  await found.getByRole('combobox', { name: 'Add a diagnosis' }).press('Enter');
  await found.getByLabel('Eye of Open-angle glaucoma').selectOption('Both eyes');
  await found.getByText('Target pressure').click();
  await found.getByLabel('Right target, mmHg').fill('16');
  await found.getByRole('button', { name: 'Order an investigation' }).click();
  await found.getByLabel('Investigation', { exact: true }).fill('Visual field');
  await found.getByLabel('Eye', { exact: true }).selectOption('Both eyes');
  await found.getByLabel('See again').selectOption('In 3 months');
  await found.getByRole('button', { name: 'Save examination' }).click();
  await expect(page.getByText('Examination saved.')).toBeVisible();
  await page.getByRole('button', { name: /^More for token/ }).click();
  await page.getByRole('menuitem', { name: 'Finish the visit' }).click();
  await page.getByRole('link', { name: 'Open the patient' }).click();

  // The second measures against it.
  await openVisit(page, name);
  // What is often written together is kept under a name of one's own, and put into the other eye.
  await found.getByLabel('Right eye, lens').fill('PCIOL');
  await found.getByLabel('Right eye, iris').fill('Atrophy');
  await found.getByLabel('Left eye, lens').fill('Aphakia');
  const own = `Pseudophakia ${Date.now() % 100_000}`;
  await found.getByRole('button', { name: 'Keep as named findings' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Keep the findings' }).click();
  await expect(dialog.getByText('Enter the name.')).toBeVisible();
  await dialog.getByLabel('Name of the findings').fill(own);
  await dialog.getByRole('button', { name: 'Keep the findings' }).click();
  await expect(page.getByText(`${own} is saved.`)).toBeVisible();
  await found.getByLabel('Named findings').selectOption(`${own} (mine)`);
  await found.getByLabel('Into the eye').selectOption('Left');
  await found.getByRole('button', { name: 'Put in' }).click();
  await expect(found.getByLabel('Left eye, iris')).toHaveValue('Atrophy');
  // What was typed stays in front.
  await expect(found.getByLabel('Left eye, lens')).toHaveValue('Aphakia, PCIOL');
  await measured.getByLabel('Right eye, mmHg').fill('17');
  await expect(measured.getByText('High', { exact: true })).toBeVisible();
  await measured.getByLabel('Right eye, mmHg').fill('24/15');
  await expect(measured.getByLabel('Left eye, mmHg')).toHaveValue('15');
  await measured.getByLabel('Right eye, unaided').fill('cf1m');
  await measured.getByLabel('Right eye, sphere').fill('1.25');
  await measured.getByRole('button', { name: 'Save measurements' }).click();
  await expect(measured.getByText('the sign is missing').first()).toBeVisible();
  await measured.getByLabel('Right eye, sphere').fill('+1');
  await measured.getByLabel('Right eye, cylinder').fill('+50');
  await measured.getByLabel('Right eye, axis').fill('90');
  await measured.getByLabel('Right eye, axis').press('t');
  await expect(measured.getByLabel('Right eye, sphere')).toHaveValue('+1.50');
  await expect(measured.getByLabel('Right eye, axis')).toHaveValue('180');
  await measured.getByRole('button', { name: 'Save measurements' }).click();
  await expect(page.getByText('Measurements saved.').last()).toBeVisible();
  await page.getByRole('link', { name: 'Open the patient' }).click();

  const glance = page.getByRole('region', { name: 'At a glance' });
  await expect(glance.getByText('Open-angle glaucoma, both eyes')).toBeVisible();
  await expect(glance.getByRole('row', { name: /^Target/ })).toContainText('16 mmHg');
  await expect(glance.getByRole('row', { name: /^Acuity/ })).toContainText('CF 1 m');
  await expect(glance.getByRole('row', { name: /^Refraction/ })).toContainText('+1.50 / −0.50 × 180');
  await expect(glance.getByText('The right eye sees two lines or more worse.')).toBeVisible();
  await expect(glance.getByText('Visual field, both eyes')).toBeVisible();
  // The trend tells fingers from the last line of the chart.
  const acuity = page.getByRole('figure').filter({ hasText: 'Best acuity' });
  await expect(acuity.getByRole('cell')).toHaveCount(0);
  await acuity.getByText('as a table').click();
  await expect(acuity.getByRole('cell', { name: 'CF' }).first()).toBeVisible();
  await expect(page.getByRole('figure').filter({ hasText: 'Eye pressure' })).toContainText('Right target');

  // What the lists of this page no longer show once there is more of it.
  await page.goto(`${page.url()}/years`);
  await expect(page.getByRole('navigation', { name: 'Years' }).getByRole('link')).toHaveCount(1);
  const examined = page.getByRole('region', { name: /^Examinations of \d{4}$/ });
  await expect(examined.getByRole('table').getByRole('row')).toHaveCount(3);
  await expect(examined.getByRole('row', { name: /Open-angle glaucoma/ })).toHaveCount(1);
  const history = page.getByRole('region', { name: /^History of \d{4}$/ });
  await history
    .getByRole('link', { name: /^Visit, token/ })
    .first()
    .click();
  await expect(measured).toBeVisible();
  await page.goBack();
  await page.goto(`${new URL(page.url()).pathname}?year=1999`);
  await expect(examined).toBeVisible();
});
