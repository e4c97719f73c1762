import { expectAccessible } from '../browser/accessible';
import { account, signInAs } from '../browser/demo';
import { registerPatient } from '../browser/front-desk';
import { expect, test } from '../browser/test';

test('somebody who was registered twice is one record, found by both numbers, and two again when it was a mistake', async ({
  page,
}) => {
  await signInAs(page, account('owner', 1));
  const phone = (digit: number) => `97${digit}${Date.now().toString().slice(-7)}`;
  // Letters, for a name that no other run has registered.
  const letters = Date.now()
    .toString(36)
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
  const saroja = `Saroja${letters}`;
  const first = { firstName: saroja, lastName: `Twice${letters}`, birthDate: '1961-05-02', phone: phone(1) };
  await registerPatient(page, first);
  const kept = new URL(page.url()).pathname;
  const number = (await page.getByRole('region', { name: 'Patient', exact: true }).innerText()).match(
    /P-\d+/,
  )?.[0];
  await registerPatient(page, {
    ...first,
    lastName: `Twyse${letters}`,
    birthDate: '1961-02-05',
    phone: phone(2),
  });
  const merged = new URL(page.url()).pathname;
  const banner = page.getByRole('region', { name: 'Patient', exact: true });
  const former = (await banner.innerText()).match(/P-\d+/)?.[0];
  await page.getByRole('link', { name: 'Check in' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Check in' }).click();
  await expect(page.getByRole('list', { name: 'Queue, in order of turn' })).toContainText(`${saroja} Twyse`);

  await page.goto(kept);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Registered twice: merge' }).click();
  await page.getByRole('searchbox', { name: 'Search the other record' }).fill(`${saroja} Twyse`);
  await page.getByRole('link', { name: `Compare with ${saroja} Twyse${letters}, ${former}` }).click();
  await expect(page.getByText(`From ${former} moves: 1 visit, 1 charge`)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: `Merge ${former} into ${number}` }).click();
  await expect(page.getByText('Look at both, and say that they are the same person.').first()).toBeVisible();
  await page.getByRole('group', { name: 'Born' }).getByLabel('5 Feb 1961').check();
  await page.getByLabel(`${number} and ${former} are the same person`).check();
  await page.getByRole('button', { name: `Merge ${former} into ${number}` }).click();
  await expect(page).toHaveURL(kept);
  await expect(banner).toContainText('5 Feb 1961');
  await expect(page.getByRole('region', { name: 'History', exact: true })).toContainText('In progress');

  await page.goto(`/patients?q=${former}`);
  const row = page
    .getByRole('table', { name: 'Patients' })
    .getByRole('row', { name: new RegExp(`${saroja} Twice`) });
  await expect(row).toContainText(`${number}, was ${former}`);
  await page.goto(`${merged}/edit`);
  await expect(page).toHaveURL(merged);
  await expect(page.getByText(`${former} is part of ${number} now`)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Undo the merge' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the merge' }).click();
  await expect(banner).toContainText(`${saroja} Twyse`);
  await page.goto(kept);
  await expect(banner).toContainText('2 May 1961');
});
