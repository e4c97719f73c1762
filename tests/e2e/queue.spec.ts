import { account, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('a patient is checked in, called, seen and sent on, and the board shows the token without the name', async ({
  page,
  browser,
}) => {
  await signInAs(page, account('receptionist'));
  await page.goto('/patients/new');
  await page.getByLabel('First name').fill('Zubin');
  await page.getByLabel('Last name').fill('Runner');
  await page.getByLabel('Phone', { exact: true }).fill(`98${Date.now().toString().slice(-8)}`);
  await page.getByLabel('Date of birth').fill('1969-11-12');
  await page.getByLabel('Sex').selectOption('male');
  await page.getByRole('button', { name: 'Register patient' }).click();
  await page.getByRole('link', { name: 'Check in' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Check in' }).click();

  const row = page
    .getByRole('list', { name: 'Queue, in order of turn' })
    .getByRole('listitem')
    .filter({ hasText: 'Zubin Runner' });
  await expect(row).toContainText('Optometry');
  const board = await (await browser.newContext()).newPage();
  await signInAs(board, account('owner'));
  await board.goto('/queue/board');

  await row.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(board.getByRole('region', { name: 'Now called' })).toContainText('Optometry', {
    timeout: 15_000,
  });
  await expect(board.getByText('Zubin')).toHaveCount(0);

  await row.getByRole('button', { name: 'Start', exact: true }).click();
  await row.getByRole('button', { name: /^Done/ }).click();
  await expect(row).toContainText('Doctor');
});
