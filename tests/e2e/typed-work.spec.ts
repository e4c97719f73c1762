import type { Page } from 'playwright/test';
import { IDLE_MINUTES } from '../../lib/auth/limits';
import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

// One morning of a receptionist and two doctors, in which everything goes wrong that can.

const isAction = (method: string, headers: Record<string, string>): boolean =>
  method === 'POST' && 'next-action' in headers;

/** The next save reaches the server, and its answer does not come back. */
async function loseNextAnswer(page: Page): Promise<void> {
  let isLost = false;
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (isLost || !isAction(request.method(), request.headers())) return route.fallback();
    isLost = true;
    await route.fetch();
    return route.abort('connectionreset');
  });
}

/** Registers somebody while the answer is lost, and checks them in. @returns the address of the visit. */
async function checkedIn(page: Page, lastName: string): Promise<string> {
  await page.goto('/patients/new');
  await page.getByLabel('First name').fill('Ira');
  await page.getByLabel('Last name').fill(lastName);
  await page.getByLabel('Phone', { exact: true }).fill(`97${Date.now().toString().slice(-8)}`);
  await page.getByLabel('Date of birth').fill('1951-02-03');
  await page.getByLabel('Sex').selectOption('female');
  await loseNextAnswer(page);
  await page.getByRole('button', { name: 'Register patient' }).click();
  await expect(page.getByText('Not saved: no connection. It is tried again by itself.')).toBeVisible();
  await expect(page.getByLabel('Last name')).toHaveValue(lastName);
  // It is, and comes to the patient whom the first try has made.
  await page.getByRole('link', { name: 'Check in' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Check in' }).click();
  const name = page
    .getByRole('list', { name: 'Queue, in order of turn' })
    .getByRole('link', { name: `Ira ${lastName}`, exact: true });
  const address = (await name.getAttribute('href')) ?? '';
  const answer = await page.request.get(`/api/search?q=${lastName}`);
  expect((await answer.json()).patients).toHaveLength(1);
  return address;
}

const draftSaved = (page: Page, text: string) =>
  page.waitForResponse(
    (answer) =>
      answer.url().endsWith('/api/drafts') &&
      answer.status() === 204 &&
      (answer.request().postData() ?? '').includes(text),
  );

/** Nothing on the page is unsaved any more. */
const isSaved = (page: Page) => expect(page.locator('form[data-unsaved]')).toHaveCount(0);

async function colleague(page: Page, role: string, address: string): Promise<Page> {
  const context = await page.context().browser()?.newContext({ baseURL: demo().app });
  if (!context) throw new Error('no browser');
  const other = await context.newPage();
  await signInAs(other, account(role));
  await other.goto(address);
  return other;
}

test('what is typed survives a lost answer, no connection, an ended session, Back, and a colleague', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const lastName = `Typed${Date.now()
    .toString(36)
    .replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '')}`;
  await signInAs(page, account('receptionist'));
  const address = await checkedIn(page, lastName);

  const doctor = await colleague(page, 'doctor', address);
  const form = doctor.getByRole('form', { name: 'Findings and diagnoses' });
  const plan = form.getByLabel('Plan and advice');
  const save = form.getByRole('button', { name: 'Save examination' });

  // No connection: nothing is replaced, and it is saved when the connection is back.
  await plan.fill('Drops for two weeks');
  await doctor.context().setOffline(true);
  await save.click();
  await expect(form.getByText('Not saved: no connection.')).toBeVisible();
  await expect(plan).toHaveValue('Drops for two weeks');
  await doctor.context().setOffline(false);
  await expect(doctor.getByText('Examination saved.')).toBeVisible();

  // The session has ended: asked above the covered page, saved afterwards.
  await form.getByLabel('Complaint and history').fill('Blurred vision');
  await doctor.context().clearCookies();
  await save.click();
  const layer = doctor.getByRole('dialog', { name: /^Sign in again/ });
  await expect(layer).toBeVisible();
  await layer.getByLabel('Password').fill(account('doctor').password);
  await layer.getByRole('button', { name: 'Sign in' }).click();
  await expect(layer).toBeHidden();
  await isSaved(doctor);

  // Back, without a question once the draft is at the server; offered again, to its author alone.
  const kept = draftSaved(doctor, 'Nuclear sclerosis');
  await form.getByText('Findings in words').click();
  await form.getByLabel('Findings, right eye').fill('Nuclear sclerosis');
  await kept;
  await doctor.goto('/queue');
  await doctor.goBack();
  await expect(form.getByText(/^You typed this on .* and did not save it\.$/)).toBeVisible();
  await expect(form.getByLabel('Findings, right eye')).toHaveCount(0);
  await form.getByRole('button', { name: 'Restore' }).click();
  await expect(form.getByLabel('Findings, right eye')).toBeVisible();
  await expect(form.getByLabel('Findings, right eye')).toHaveValue('Nuclear sclerosis');

  // A colleague sees no draft, and saves another field and the same one.
  const owner = await colleague(page, 'owner', address);
  const theirs = owner.getByRole('form', { name: 'Findings and diagnoses' });
  await expect(theirs.getByLabel('Plan and advice')).toHaveValue('Drops for two weeks');
  await expect(theirs.getByText(/You typed this on/)).toHaveCount(0);
  // The page has only just opened: what is typed while it wakes up may land beside what was there.
  await expect(async () => {
    await theirs.getByLabel('Plan and advice').fill('Surgery');
    await expect(theirs.getByLabel('Plan and advice')).toHaveValue('Surgery', { timeout: 500 });
  }).toPass();
  await theirs.getByText('Findings in words').click();
  await theirs.getByLabel('Findings, right eye').fill('Cortical opacity');
  await theirs.getByRole('button', { name: 'Save examination' }).click();
  await expect(owner.getByText('Examination saved.')).toBeVisible();

  // The later one sees field by field what differs, with hers chosen.
  await save.click();
  await expect(form.getByText('A colleague has saved this while you were typing')).toBeVisible();
  const choice = form.getByRole('group', { name: 'Findings, right eye' });
  await expect(choice.getByText('Cortical opacity')).toBeVisible();
  await expect(choice.getByRole('radio', { name: /Yours/ })).toBeChecked();
  await form.getByRole('button', { name: 'Save with these' }).click();
  await isSaved(doctor);
  await expect(plan).toHaveValue('Surgery');
  await owner.reload();
  await expect(theirs.getByLabel('Findings, right eye')).toHaveValue('Nuclear sclerosis');
  await expect(theirs.getByLabel('Plan and advice')).toHaveValue('Surgery');
});

test('what is typed before the page is awake is unsaved work like any other', async ({ page }) => {
  await signInAs(page, account('doctor'));
  let wakeUp = () => {};
  const isAwake = new Promise<void>((resolve) => {
    wakeUp = resolve;
  });
  await page.route('**/_next/static/chunks/*.js', async (route) => {
    await isAwake;
    await route.continue();
  });
  await page.goto('/patients/new', { waitUntil: 'commit' });
  const name = page.getByLabel('First name');
  await name.fill('Earlybird');
  const kept = draftSaved(page, 'Earlybird');
  wakeUp();
  await kept;
  await expect(name).toHaveValue('Earlybird');
  await expect(page.locator('form[data-unsaved]')).toHaveCount(1);
});

test('the idle lock covers the patient, and gives the text back to the same person', async ({ page }) => {
  const receptionist = account('receptionist');
  await signInAs(page, receptionist);
  await page.clock.install();
  await page.goto('/patients/new');
  await page.getByLabel('First name').fill('Halfway');
  await page.clock.runFor(1_500);
  await page.clock.fastForward(IDLE_MINUTES * 60_000);
  await page.clock.runFor(1_500);
  const layer = page.getByRole('dialog', { name: /^Sign in again/ });
  await expect(layer).toBeVisible();
  await expect(page).toHaveURL(/\/patients\/new/);
  await expect(page.locator('html')).toHaveAttribute('data-covered');
  expect((await page.request.get('/api/session')).status()).toBe(401);
  await layer.getByLabel('Password').fill(receptionist.password);
  await layer.getByRole('button', { name: 'Sign in' }).click();
  await expect(layer).toBeHidden();
  await expect(page.locator('html')).not.toHaveAttribute('data-covered');
  await expect(page.getByLabel('First name')).toHaveValue('Halfway');
});

test('a button that gets no answer leaves the page as it is, and is never done twice', async ({ page }) => {
  await signInAs(page, account('receptionist'));
  await page.goto('/queue');
  const turn = page
    .getByRole('list', { name: 'Queue, in order of turn' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: 'Call', exact: true }) })
    .first();
  // By the patient: other desks check in and call meanwhile.
  const visit = (await turn.getByRole('link').first().getAttribute('href')) ?? '';
  const call = page
    .getByRole('listitem')
    .filter({ has: page.locator(`a[href="${visit}"]`) })
    .getByRole('button', { name: 'Call', exact: true });
  await loseNextAnswer(page);
  // Of the second try: the first one has none.
  const answered = page.waitForResponse((answer) =>
    isAction(answer.request().method(), answer.request().headers()),
  );
  await call.click();
  expect((await answered).ok()).toBe(true);
  await expect(call).toHaveCount(0);
  await expect(page.getByText('Something went wrong on our side')).toHaveCount(0);
});
