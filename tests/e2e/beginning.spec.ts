import mongoose from 'mongoose';
import { account, demo, mailedLink, signInAs, untilAlive } from '../browser/demo';
import { expect, test } from '../browser/test';

test('many are invited from a pasted list; what cannot be sent is said line by line', async ({ page }) => {
  await signInAs(page, account('owner'));
  await page.goto('/staff');
  await page.getByRole('button', { name: 'Invite many' }).click();
  const tag = Date.now();
  const [asha, neha] = [`asha-${tag}@hospital.test`, `neha-${tag}@hospital.test`];
  const box = page.getByLabel('People', { exact: true });
  await box.fill(
    `Name, Email, Role\nDr Asha Rao, ${asha}, Doctor\nNeha Verma, ${neha}, Nurse\nNobody, Doctor`,
  );
  const preview = page.getByRole('region', { name: 'How it is read' });
  await expect(preview).toContainText('1 line can be sent, 2 not.');
  await expect(preview).toContainText('“Nurse” is no role here.');
  await expect(preview).toContainText('There is no e-mail address on this line.');
  const known = account('doctor').email;
  await box.fill(`Dr Asha Rao\t${asha}\tDoctor\nNeha Verma\t${neha}\tReceptionist\nKnown\t${known}\tDoctor`);
  await expect(preview).toContainText('3 lines can be sent.');
  await page.getByRole('button', { name: 'Send invitations' }).click();
  const results = page.getByRole('list', { name: 'What became of each line' });
  await expect(results.getByText('Sent', { exact: true })).toHaveCount(2);
  await expect(results).toContainText(`${known} works here already.`);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('table', { name: 'Invitations' })).toContainText('Neha Verma');
  for (const email of [asha, neha])
    expect(await mailedLink(page, email, '/invitations/')).toContain('/invitations/');
});

test('help is beside each page, is searched, and the keys are one press away', async ({ page }) => {
  await signInAs(page, account('receptionist'));
  await page.goto('/queue');
  const opened = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Help with this page, in a new tab' }).click();
  const help = await opened;
  await expect(help.getByRole('heading', { level: 1, name: 'Check in and run the queue' })).toBeVisible();
  await help.getByLabel('Breadcrumb').getByRole('link', { name: 'Help' }).click();
  await help.getByRole('searchbox', { name: 'Search the help' }).fill('dilat');
  await expect(help.getByRole('list', { name: 'Articles found' }).getByRole('link').first()).toHaveText(
    'Send a patient to dilation',
  );
  await help.getByRole('searchbox', { name: 'Search the help' }).fill('xyzzy');
  await expect(help.getByText('No article about “xyzzy”')).toBeVisible();
  for (const path of ['/help/no-such-article', '/help/..%2f..%2fpackage'])
    expect((await help.request.get(`${demo().app}${path}`)).status(), path).toBe(404);
  await help.close();

  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toContainText('Search patients and pages');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await expect(page).toHaveURL(/\/patients$/);
  // Somebody who types writes letters.
  await page.getByRole('searchbox', { name: 'Search patients' }).pressSequentially('?gq');
  await expect(sheet).toHaveCount(0);
  await expect(page).toHaveURL(/\/patients/);
  await page.goto('/today');
  await untilAlive(page.getByRole('main'));
  await page.keyboard.press('?');
  await sheet.getByLabel('Keys without Ctrl').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(sheet).toHaveCount(0);
});

test('what is new is said to each person until they have looked', async ({ page }) => {
  const who = account('optometrist');
  const client = new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '');
  await client
    .db('chakravue_master')
    .collection('users')
    .updateOne({ emailKey: who.email }, { $set: { changesSeenOn: '2026-01-01' } });
  await client.close();
  await signInAs(page, who);
  await page.goto('/today');
  await page.getByRole('link', { name: 'What’s new' }).click();
  await expect(page.getByText('New since you were here').first()).toBeVisible();
  await expect(page.getByRole('banner').getByRole('link', { name: 'What’s new' })).toHaveCount(0);
  await page.goto('/whats-new');
  await expect(page.getByRole('heading', { level: 1, name: 'What’s new' })).toBeVisible();
  await expect(page.getByText('New since you were here')).toHaveCount(0);
});
