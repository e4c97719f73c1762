import { expect, type Locator, type Page } from 'playwright/test';

type NewPatient = {
  firstName: string;
  lastName: string;
  sex?: 'female' | 'male';
  birthDate?: string;
  phone?: string;
};

/** Registers a patient at `/patients/new`; the page shows the record afterwards. */
export async function registerPatient(page: Page, patient: NewPatient): Promise<void> {
  await page.goto('/patients/new');
  await page.getByLabel('First name').fill(patient.firstName);
  await page.getByLabel('Last name').fill(patient.lastName);
  await page
    .getByLabel('Phone', { exact: true })
    .fill(patient.phone ?? `98${Date.now().toString().slice(-8)}`);
  await page.getByLabel('Date of birth').fill(patient.birthDate ?? '1958-03-14');
  await page.getByLabel('Sex').selectOption(patient.sex ?? 'female');
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page).toHaveURL(/\/patients\/[0-9a-f]{24}/);
}

/** Registers a patient and checks them in. @returns their row in the queue, which the page shows. */
export async function checkInNew(page: Page, patient: NewPatient): Promise<Locator> {
  await registerPatient(page, patient);
  await page.getByRole('link', { name: 'Check in' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Check in' }).click();
  return page
    .getByRole('list', { name: 'Queue, in order of turn' })
    .getByRole('listitem')
    .filter({ hasText: `${patient.firstName} ${patient.lastName}` });
}
