import { account, signInAs } from '../browser/demo';
import { registerPatient } from '../browser/front-desk';
import { expect, test } from '../browser/test';

test('a payer is added, takes over its share of a bill, and is sent the claim', async ({ page }) => {
  await signInAs(page, account('owner'));
  const name = `Star Health ${Date.now()}`;
  await page.goto('/settings/payers');
  const form = page.getByRole('form', { name: 'New payer' });
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByLabel('Kind').selectOption('insurer');
  await form.getByLabel('Tax withheld, percent').fill('10');
  await form.getByRole('button', { name: 'Add payer' }).click();
  await expect(page.getByRole('list', { name: 'Payers' }).getByText(name)).toBeVisible();

  // Somebody of its own: the newest on the list may be here, and another story's to bill.
  await registerPatient(page, { firstName: 'Kavya', lastName: `Claims ${Date.now()}` });
  await page.getByRole('link', { name: 'Who pays' }).click();
  const policy = page.getByRole('form', { name: 'New policy' });
  await policy.getByLabel('Who pays').selectOption({ label: name });
  await policy.getByLabel('Number of the policy or card').fill('P-1001');
  await policy.getByLabel('Co-payment of the patient, percent').fill('20');
  await policy.getByRole('button', { name: 'Add policy' }).click();
  await expect(page.getByRole('list', { name: 'Policies' }).getByText(name)).toBeVisible();
  const patient = /\/patients\/([0-9a-f]{24})/.exec(page.url())?.[1] ?? '';

  await page.goto(`/cashier/bills/new?patient=${patient}`);
  await page.getByLabel('Add a service').fill('oct');
  await page.getByRole('option', { name: /OCT macula/ }).click();
  await page.getByLabel('Who pays').selectOption({ label: `${name}, P-1001` });
  await expect(page).toHaveURL(/payer=coverage/);
  await expect(page.getByText('The patient pays', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Issue bill' }).click();
  const claims = page.getByRole('list', { name: 'Payers of the bill' });
  await claims.getByRole('link', { name }).click();

  const step = page.getByRole('form', { name: 'What happened' });
  await step.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('With the payer', { exact: true }).first()).toBeVisible();

  const papers = page.getByRole('region', { name: 'Papers' });
  const choose = papers.getByLabel('Choose papers');
  const letter = Buffer.from('%PDF-1.7\n%%EOF\n');
  await choose.setInputFiles([
    { name: 'approval.pdf', mimeType: 'application/pdf', buffer: letter },
    { name: 'letter.exe', mimeType: 'application/pdf', buffer: Buffer.from('MZ') },
  ]);
  await expect(papers.getByText('approval.pdf', { exact: true })).toBeVisible();
  await expect(papers.getByRole('alert')).toContainText('letter.exe');
  const address = await papers.getByRole('link', { name: 'Download approval.pdf' }).getAttribute('href');
  const answer = await page.request.get(address ?? '');
  expect((await answer.body()).equals(letter)).toBe(true);
  // As a document of a patient it is not there.
  const fileId = /papers\/([0-9a-f]{24})/.exec(address ?? '')?.[1] ?? '';
  expect((await page.request.get(`/api/files/${fileId}`)).status()).toBe(404);
  await papers.getByRole('button', { name: 'Delete approval.pdf' }).click();
  await page.getByRole('button', { name: 'Delete paper' }).click();
  await expect(papers.getByText('approval.pdf', { exact: true })).toHaveCount(0);
});
