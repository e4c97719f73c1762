import { account, demo, signInAs } from '../browser/demo';
import { checkInNew, registerPatient } from '../browser/front-desk';
import { expect, test } from '../browser/test';

const DAY_MS = 86_400_000;
/** A day of the second hospital, which is in New York. */
const dayIn = (days: number): string =>
  new Date(Date.now() + days * DAY_MS).toLocaleDateString('en-CA', { timeZone: 'America/New_York' });
const WORDS = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const inWords = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', WORDS).replace(',', '').replace('Sept', 'Sep');

test('hours are set, leave shows whom it leaves, and one press moves each to the next free time', async ({
  page,
  browser,
}) => {
  const [away, next] = [dayIn(40), dayIn(41)];
  const lastName = `Hours${Date.now() % 100_000}`;
  const reception = await (await browser.newContext()).newPage();
  await signInAs(page, account('owner', 1));
  await signInAs(reception, account('receptionist', 1));

  await test.step('hours', async () => {
    await page.goto('/settings/schedules');
    await page.getByRole('link', { name: 'Hours of Dr Luis Ortega' }).click();
    const form = page.getByRole('form', { name: 'Hours of Dr Luis Ortega' });
    await form.getByLabel('From', { exact: true }).fill(dayIn(35));
    await form.getByLabel('Monday').fill('9-12, 13');
    await form.getByRole('button', { name: 'Save hours' }).click();
    await expect(form.getByText('Write hours such as 09:00-13:00, 14:00-17:00.').first()).toBeVisible();
    await form.getByLabel('Monday').fill('9-12, 13-15');
    await form.getByRole('button', { name: 'As Monday, to Saturday' }).click();
    await form.getByLabel('Sunday').fill('9-12, 13-15');
    await form.getByLabel('Slot', { exact: true }).selectOption('20 minutes');
    await form.getByLabel('Patients in a slot').fill('1');
    await form.getByRole('button', { name: 'Save hours' }).click();
    const all = page.getByRole('list', { name: 'All hours of Dr Luis Ortega' });
    await expect(all.getByRole('listitem').first()).toContainText('Mon to Sun 09:00-12:00, 13:00-15:00');
  });

  await test.step('only free times are booked without the right', async () => {
    await registerPatient(reception, { firstName: 'Nora', lastName, phone: '716 555 0142' });
    await reception.goto(`/appointments/new?date=${away}`);
    await reception.getByLabel('Patient').fill(lastName);
    await reception.getByRole('option', { name: new RegExp(lastName) }).click();
    await reception.getByLabel('Doctor').selectOption({ label: 'Dr Luis Ortega' });
    const free = reception.getByRole('group', { name: 'Free times' });
    await expect(free.getByRole('button', { name: '11:40' })).toBeVisible();
    await expect(free.getByRole('button', { name: '12:00' })).toHaveCount(0);
    await expect(reception.getByLabel('Length')).toHaveValue('20');
    await reception.getByLabel('Time', { exact: true }).fill('12:20');
    await reception.getByRole('button', { name: 'Book appointment' }).click();
    await expect(reception.getByText(/sees nobody at 12:20/).first()).toBeVisible();
    await free.getByRole('button', { name: '09:20' }).click();
    await reception.getByRole('button', { name: 'Book appointment' }).click();
    await expect(reception).toHaveURL(new RegExp(`date=${away}`));
  });

  await test.step('leave', async () => {
    await page.goto('/settings/schedules');
    const form = page.getByRole('form', { name: 'Leave or holiday' });
    await form.getByLabel('Who').selectOption({ label: 'Dr Luis Ortega' });
    await form.getByLabel('First day').fill(away);
    await form.getByLabel('Last day').fill(away);
    await expect(form.getByRole('list', { name: 'Patients without their time' })).toContainText(lastName);
    await form.getByRole('button', { name: 'Save these days' }).click();
    await expect(page.getByRole('list', { name: 'Leave and holidays to come' })).toContainText(inWords(away));
  });

  await test.step('the call', async () => {
    await reception.goto('/appointments');
    await reception.getByRole('link', { name: 'Patients to call' }).click();
    const patient = reception.getByRole('list', { name: 'Patients to call' }).getByRole('listitem');
    const hers = patient.filter({ hasText: lastName });
    await expect(hers).toContainText('716 555 0142');
    await hers.getByRole('button', { name: `Move Nora ${lastName} to ${inWords(next)} at 09:00` }).click();
    await expect(hers).toHaveCount(0);
    await reception.goto(`/appointments?date=${away}`);
    await expect(reception.getByText('On leave').first()).toBeVisible();
    await reception.goto(`/appointments?date=${next}`);
    await expect(reception.getByText(`Nora ${lastName}`).first()).toBeVisible();
  });

  await test.step('the right, with a reason', async () => {
    await page.goto(`/appointments/new?date=${away}`);
    await page.getByLabel('Patient').fill(lastName);
    await page.getByRole('option', { name: new RegExp(lastName) }).click();
    await page.getByLabel('Doctor').selectOption({ label: 'Dr Luis Ortega' });
    await expect(page.getByText(/On leave\. Nothing is free/)).toBeVisible();
    await page.getByLabel('Time', { exact: true }).fill('09:00');
    await page.getByLabel('Why outside of free times').fill('Comes in for an emergency');
    await page.getByRole('button', { name: 'Book appointment' }).click();
    await expect(page).toHaveURL(new RegExp(`date=${away}`));
  });

  await test.step('a time that somebody takes meanwhile asks for the reason in a field that is there', async () => {
    const fill = async (of: typeof page) => {
      await of.goto(`/appointments/new?date=${next}`);
      await of.getByLabel('Patient').fill(lastName);
      await of.getByRole('option', { name: new RegExp(lastName) }).click();
      await of.getByLabel('Doctor').selectOption({ label: 'Dr Luis Ortega' });
      const free = of.getByRole('group', { name: 'Free times' });
      await free.getByRole('button', { name: '09:20' }).click();
    };
    await fill(page);
    await expect(page.getByLabel('Why outside of free times')).toHaveCount(0);
    await fill(reception);
    await reception.getByRole('button', { name: 'Book appointment' }).click();
    await expect(reception).toHaveURL(new RegExp(`/appointments\\?.*date=${next}`));
    await page.getByRole('button', { name: 'Book appointment' }).click();
    await expect(page.getByText(/already booked at 09:20/).first()).toBeVisible();
    await expect(page.getByLabel('Time', { exact: true })).toHaveValue('09:20');
    await page.getByLabel('Why outside of free times').fill('Squeezed in');
    await page.getByRole('button', { name: 'Book appointment' }).click();
    await expect(page).toHaveURL(new RegExp(`date=${next}`));
  });
  await reception.context().close();
});

test('who is to be seen again is booked from the visit, into a free time', async ({ page }) => {
  await signInAs(page, account('owner', 1));
  const row = await checkInNew(page, { firstName: 'Otis', lastName: `Again${Date.now() % 100_000}` });
  await row.getByRole('link').first().click();
  const findings = page.getByRole('form', { name: 'Findings and diagnoses' });
  await findings.getByLabel('See again').selectOption('In 1 week');
  await findings.getByRole('button', { name: 'Save examination' }).click();
  const again = page.getByRole('region', { name: 'See again' });
  await expect(again).toContainText(`From ${inWords(dayIn(7))} on`);
  // Who has the patient at the desk afterwards reads it there, and books that day.
  const visit = page.url();
  await page.getByRole('link', { name: 'Open the patient' }).click();
  await expect(page.getByText(`The doctor asks them back for ${inWords(dayIn(7))}.`)).toBeVisible();
  await page.getByRole('link', { name: 'Book it' }).click();
  await expect(page).toHaveURL(new RegExp(`date=${dayIn(7)}`));
  await page.goto(visit);
  await again
    .getByRole('button', { name: /^Book / })
    .first()
    .click();
  await expect(again).toContainText('Booked:');
  await expect(again.getByRole('button', { name: /^Book / })).toHaveCount(0);
});

test('the hospital shows its face at its own address, and an unknown address shows nothing', async ({
  page,
  browser,
}) => {
  const stranger = await (await browser.newContext()).newPage();
  const { app } = demo();
  await stranger.goto(`${app}/h/aravali`);
  await expect(stranger.getByRole('heading', { name: 'Aravali Eye Hospital' })).toBeVisible();
  await expect(stranger.getByText('अरावली नेत्र चिकित्सालय')).toBeVisible();
  expect((await stranger.request.get(`${app}/h/nobody-here`)).status()).toBe(404);
  const owner = account('owner');
  await stranger.getByLabel('Email').fill(owner.email);
  await stranger.getByLabel('Password', { exact: true }).fill(owner.password);
  await stranger.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(stranger).toHaveURL(/\/today$/);
  await stranger.context().close();

  await signInAs(page, owner);
  await page.goto('/settings/sign-in-page');
  const form = page.getByRole('form', { name: 'Sign-in page and mails' });
  await form.getByLabel('Address of the page').fill('www');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(form.getByText(/some words are ours/).first()).toBeVisible();
  await form.getByLabel('Address of the page').fill('aravali');
  await form.getByLabel('Answers go to').fill('care@aravali.test');
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.').first()).toBeVisible();
});
