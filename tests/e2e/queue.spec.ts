import { account, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

test('a patient is checked in, called, seen and sent on, and the board shows the token without the name', async ({
  page,
  browser,
}) => {
  await signInAs(page, account('receptionist'));
  const row = await checkInNew(page, { firstName: 'Zubin', lastName: 'Runner', sex: 'male' });
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
