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
  const past = optometry.getByRole('region', { name: 'Health history' });
  await past.getByRole('button', { name: 'Write the history' }).click();
  await past.getByRole('button', { name: 'Hypertension' }).click();
  await past.getByLabel('Since').fill('2019');
  await past.getByLabel('Family: nothing to report').check();
  await past.getByRole('button', { name: 'Save history' }).click();
  await expect(past.getByText('Hypertension, since 2019')).toBeVisible();
  await past.getByRole('button', { name: 'History as before' }).click();
  await expect(optometry.getByText('Asked again, as before: noted.')).toBeVisible();
  // A chip asks for its eye; the rest is typed in short.
  await form.getByRole('button', { name: 'Blurred vision' }).click();
  await expect(form.getByLabel('Complaint', { exact: true })).toHaveValue('Blurred vision');
  await expect(form.getByLabel('Eye', { exact: true }).first()).toBeFocused();
  await optometry.keyboard.type('Right');
  await optometry.keyboard.press('Tab');
  await optometry.keyboard.type('3m');
  await optometry.keyboard.press('Tab');
  await expect(form.getByLabel('Since')).toHaveValue('3 months');
  await form.getByLabel('Right eye, unaided').fill('6/36');
  await form.getByLabel('Left eye, unaided').fill('6/18');
  await form.getByLabel('Right eye, best corrected').fill('6/24');
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
  // The file of a device is read on the page, and taken over once somebody has looked whose it is.
  const pachymeter =
    '<Data><Company>NIDEK</Company><R><PACHY><PACHYAverage><Thickness>557um</Thickness></PACHYAverage></PACHY></R></Data>';
  await optometry
    .getByLabel('Choose the file of a device')
    .setInputFiles({ name: 'np.xml', mimeType: 'text/xml', buffer: Buffer.from(pachymeter) });
  const readings = optometry.getByRole('form', { name: 'Readings of np.xml' });
  await readings.getByRole('button', { name: 'Take over' }).click();
  await expect(readings.getByText('Say that it is this patient.').first()).toBeVisible();
  await readings.getByLabel(/^It is Ira Lensmith/).check();
  await readings.getByRole('button', { name: 'Take over' }).click();
  await expect(optometry.getByText('The readings are taken over.')).toBeVisible();
  await expect(form.getByLabel('Right eye, corneal thickness, µm')).toHaveValue('557');

  const doctor = await (await browser.newContext()).newPage();
  await signInAs(doctor, account('doctor'));
  await doctor.goto(address);
  const findings = doctor.getByRole('form', { name: 'Findings and diagnoses' });
  await expect(doctor.getByRole('region', { name: 'Health history' })).toContainText(
    'Hypertension, since 2019',
  );
  // A template of one's own, for a kind of visit that this is not: it is chosen by hand, and hides no value.
  await doctor.goto('/settings/templates');
  const own = doctor.getByRole('form', { name: 'New template' });
  await own.getByLabel('Name').fill('Without the macula');
  await own.getByLabel('Kind of visit').selectOption('Camp');
  await own.getByLabel('For', { exact: true }).selectOption('Me alone');
  await own.getByRole('checkbox', { name: 'Macula' }).uncheck();
  await own.getByRole('checkbox', { name: 'Refraction' }).uncheck();
  await own.getByRole('button', { name: 'Add the template' }).click();
  await expect(doctor.getByText('Without the macula is saved.')).toBeVisible();
  await doctor.goto(address);
  await doctor.getByLabel('Sheet of the examination').selectOption('Without the macula, camp');
  await expect(findings.getByLabel('Left eye, macula')).toHaveCount(0);
  await expect(doctor.getByLabel('Right eye, sphere')).toHaveValue('−1.25');
  await findings.getByRole('button', { name: 'Show all rows' }).click();
  await expect(findings.getByLabel('Left eye, macula')).toBeVisible();
  await doctor.goto('/settings/templates');
  await doctor.getByText('Without the macula').first().click();
  await doctor.getByRole('button', { name: 'Delete', exact: true }).click();
  await doctor.getByRole('button', { name: 'Delete template' }).click();
  await expect(doctor.getByText('Without the macula is deleted.')).toBeVisible();
  await doctor.goto(address);
  await expect(doctor.getByLabel('Right eye, best corrected')).toHaveValue('6/24');
  await expect(doctor.getByLabel('Right eye, sphere')).toHaveValue('−1.25');
  await findings.getByLabel('Complaint and history').fill('Blurred vision of the right eye');
  await findings.getByRole('button', { name: 'The rest of the left eye is normal' }).click();
  await expect(findings.getByLabel('Left eye, macula')).toHaveValue('Foveal reflex present');
  await expect(findings.getByLabel('Right eye, macula')).toHaveValue('');
  // A stamp and a stroke, of which the second is taken back.
  await findings.getByText('Drawing', { exact: true }).click();
  await findings.getByRole('button', { name: 'Haemorrhage' }).click();
  const sheet = findings.locator('[data-drawing="right"]');
  await sheet.click({ position: { x: 120, y: 90 } });
  await findings.getByRole('button', { name: 'Pencil' }).click();
  await sheet.hover({ position: { x: 40, y: 40 } });
  await doctor.mouse.down();
  await sheet.hover({ position: { x: 90, y: 140 } });
  await doctor.mouse.up();
  await expect(sheet.locator('path[data-ink="ink"]')).toHaveCount(1);
  await findings.getByRole('button', { name: 'Undo' }).click();
  await expect(sheet.locator('path[data-ink="ink"]')).toHaveCount(0);
  await expect(sheet.getByRole('img', { name: 'Fundus, right eye: haemorrhage' })).toBeVisible();
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
  await expect(doctor.getByRole('img', { name: 'Fundus, right eye: haemorrhage' })).toBeVisible();

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
