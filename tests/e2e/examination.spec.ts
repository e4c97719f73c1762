import type { Page } from 'playwright/test';
import { account, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

/** Registers somebody and checks them in. @returns the address of the visit. */
async function checkedIn(page: Page, lastName: string): Promise<string> {
  await signInAs(page, account('receptionist'));
  const row = await checkInNew(page, { firstName: 'Ira', lastName });
  const name = row.getByRole('link', { name: `Ira ${lastName}`, exact: true });
  return (await name.getAttribute('href')) ?? '';
}

test('optometry measures, the doctor finds and signs, and what was signed is kept when it is changed', async ({
  page,
  browser,
}) => {
  const address = await checkedIn(page, 'Lensmith');
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'Stations' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Measurements' })).toHaveCount(0);

  const optometry = await (await browser.newContext()).newPage();
  await signInAs(optometry, account('optometrist'));
  await optometry.goto(address);
  const form = optometry.getByRole('form', { name: 'Measurements' });
  await form.getByLabel('Right eye, unaided').selectOption('6/36');
  await form.getByLabel('Left eye, unaided').selectOption('6/18');
  await form.getByLabel('Right eye, best corrected').selectOption('6/24');
  await form.getByLabel('Right eye, sphere').fill('-1.3');
  await form.getByRole('button', { name: 'Save measurements' }).click();
  await expect(form.getByText('Write a power in quarters, such as -1.25.').first()).toBeVisible();
  await form.getByLabel('Right eye, sphere').fill('-125');
  await form.getByLabel('Right eye, mmHg').fill('26');
  // What was understood is on the screen before it is saved, and a high pressure says so at once.
  await expect(form.getByLabel('Right eye, sphere')).toHaveValue('−1.25');
  await expect(form.getByText('High', { exact: true })).toBeVisible();
  await form.getByRole('button', { name: 'Save measurements' }).click();
  const toast = optometry.getByText('Measurements saved.');
  await expect(toast).toBeVisible();
  const fontOf = (element: Element) => getComputedStyle(element).fontFamily;
  expect(await toast.evaluate(fontOf)).toBe(await optometry.locator('body').evaluate(fontOf));
  await expect(optometry.getByRole('form', { name: 'Findings and diagnoses' })).toHaveCount(0);

  const doctor = await (await browser.newContext()).newPage();
  await signInAs(doctor, account('doctor'));
  await doctor.goto(address);
  const findings = doctor.getByRole('form', { name: 'Findings and diagnoses' });
  await expect(doctor.getByLabel('Right eye, best corrected')).toHaveValue('80');
  await expect(doctor.getByLabel('Right eye, sphere')).toHaveValue('−1.25');
  await findings.getByLabel('Complaint and history').fill('Blurred vision of the right eye');
  await findings.getByRole('button', { name: 'Write that the left eye is normal' }).click();
  await expect(findings.getByLabel('Findings, left eye')).toHaveValue(/Disc, macula/);
  // By keyboard: typed, chosen with Enter.
  await findings.getByRole('combobox', { name: 'Add a diagnosis' }).fill('nuclear');
  await expect(findings.getByRole('option', { name: /Nuclear cataract/ })).toBeVisible();
  await findings.getByRole('combobox', { name: 'Add a diagnosis' }).press('Enter');
  await findings.getByRole('button', { name: 'Save examination' }).click();
  await expect(findings.getByText('Say of each which eye it is in.').first()).toBeVisible();
  await findings.getByLabel('Eye of Nuclear cataract').selectOption('Right eye');
  await findings.getByRole('button', { name: 'Save examination' }).click();
  await expect(doctor.getByText('Examination saved.')).toBeVisible();
  await doctor.getByRole('button', { name: 'Sign examination' }).click();
  await expect(doctor.getByText('The examination is signed.')).toBeVisible();
  await expect(findings).toHaveCount(0);
  await expect(doctor.getByText(/^Signed by /)).toBeVisible();

  // Optometry still has the form of before open: without a reason nothing is changed.
  await form.getByLabel('Right eye, mmHg').fill('18');
  await form.getByRole('button', { name: 'Save measurements' }).click();
  await expect(
    optometry.getByText('This examination is signed: say why it is changed.').first(),
  ).toBeVisible();
  await doctor.reload();
  await expect(doctor.getByText('26 mmHg')).toBeVisible();

  await doctor.getByRole('button', { name: 'Change' }).last().click();
  await findings.getByLabel('Reason for the change').fill('It is in both eyes');
  await findings.getByLabel('Eye of Nuclear cataract').selectOption('Both eyes');
  await findings.getByRole('button', { name: 'Save examination' }).click();
  await expect(doctor.getByText('Nuclear cataract, both eyes')).toBeVisible();
  await doctor.getByText(/^Findings and diagnoses by /).click();
  await expect(doctor.getByText('Nuclear cataract, right eye')).toBeVisible();
  await expect(doctor.getByText(/It is in both eyes/)).toBeVisible();

  // The patient's page knows it, and so does the day's report.
  await doctor.getByRole('link', { name: 'Open the patient' }).click();
  const history = doctor.getByRole('region', { name: 'Examinations', exact: true });
  await expect(history.getByRole('row').filter({ hasText: 'Nuclear cataract' })).toContainText('6/24');
});
