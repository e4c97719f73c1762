import type { Locator, Page } from 'playwright/test';
import { account, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { expect, test } from '../browser/test';

// How long it takes to write down what was found, key by key: no field is filled by a script. The hand is one
// that types every day; going to a box counts as a key and as long as a click takes; what the page does in
// between counts too.

/** Between two keys, of a hand that types every day: about fifty words a minute. */
const KEY_MS = 60;
/** To another box, with the mouse or a finger. */
const CLICK_MS = 900;
/** What it may take, in seconds. */
const BUDGET = { refraction: 45, doctor: 60, fiveLines: 30 } as const;

/** Types as a person does, and counts. */
function handOf(page: Page) {
  let keys = 0;
  return {
    keys: () => keys,
    type: async (text: string) => {
      keys += text.length;
      await page.keyboard.type(text, { delay: KEY_MS });
    },
    press: async (key: string, times = 1) => {
      for (let at = 0; at < times; at++) {
        keys++;
        await page.keyboard.press(key, { delay: KEY_MS });
      }
    },
    goTo: async (box: Locator) => {
      keys++;
      await page.waitForTimeout(CLICK_MS);
      await box.focus();
    },
  };
}

/** Each value into the box that has the focus, and on to the next; an empty one is passed over. */
async function row(hand: ReturnType<typeof handOf>, values: readonly string[]): Promise<void> {
  for (const value of values) {
    if (value) await hand.type(value);
    await hand.press('Tab');
  }
}

const say = (what: string, keys: number, from: number): number => {
  const seconds = (performance.now() - from) / 1000;
  process.stdout.write(`  ${what}: ${keys} keystrokes and clicks, ${seconds.toFixed(1)} s\n`);
  return seconds;
};

test('a refraction and a usual examination are written by keyboard within their time', async ({ page }) => {
  test.setTimeout(150_000);
  await signInAs(page, account('receptionist'));
  const entry = await checkInNew(page, {
    ...{ firstName: 'Tarun', lastName: 'Quickhand', sex: 'male', birthDate: '1985-07-21' },
  });
  const visit = await entry.getByRole('link', { name: 'Tarun Quickhand', exact: true }).getAttribute('href');
  await signInAs(page, account('doctor'));
  await page.goto(visit ?? '');
  const form = page.getByRole('form', { name: 'Measurements' });
  const hand = handOf(page);

  // Acuity of each eye, the subjective lens with what it gives, and the save: as after the trial frame.
  await form.getByLabel('Right eye, unaided').focus();
  let from = performance.now();
  // Unaided, own glasses, contact lens, pinhole, best corrected: the right eye, then the left.
  await row(hand, ['6/36', '', '', '6/9', '6/6', '6/24', '', '', '6/9', '6/6']);
  // Past what is folded away, to the lens.
  while (!(await form.getByLabel('Right eye, sphere').evaluate((box) => box === document.activeElement)))
    await hand.press('Tab');
  await row(hand, ['-125', '-50', '180', '', '6/6', '-1', '-75', '170', '']);
  await hand.type('6/6');
  await hand.press('Enter');
  await expect(page.getByText('Measurements saved.')).toBeVisible();
  expect(say('refraction', hand.keys(), from)).toBeLessThan(BUDGET.refraction);
  await expect(form.getByLabel('Left eye, axis')).toHaveValue('170');

  // The doctor: what is not normal, the rest as it should be, a diagnosis, advice, when to come again.
  const findings = page.getByRole('form', { name: 'Findings and diagnoses' });
  const doctor = handOf(page);
  from = performance.now();
  await doctor.goTo(findings.getByLabel('Complaint and history'));
  await doctor.type('Blurred for distance, 3 months');
  await doctor.press('Tab');
  // "The rest of the right eye is normal", and of the left.
  await doctor.press('Enter');
  await doctor.press('Tab');
  await doctor.press('Enter');
  await expect(findings.getByLabel('Left eye, macula')).not.toHaveValue('');
  await doctor.goTo(findings.getByLabel('Right eye, cup/disc, vertical'));
  await doctor.type('.4');
  await doctor.goTo(findings.getByLabel('Left eye, cup/disc, vertical'));
  await doctor.type('.4');
  await doctor.goTo(findings.getByRole('combobox', { name: 'Add a diagnosis' }));
  await doctor.type('myopia');
  await expect(findings.getByRole('option', { name: /myopia/i }).first()).toBeVisible();
  await doctor.press('Enter');
  await doctor.goTo(findings.getByLabel(/^Eye of /).first());
  await doctor.type('Both');
  await doctor.goTo(findings.getByLabel('Plan and advice'));
  await doctor.type('New glasses advised');
  await doctor.goTo(findings.getByLabel('See again'));
  await doctor.type('In a year');
  await doctor.goTo(findings.getByRole('button', { name: 'Save examination' }));
  await doctor.press('Enter');
  await expect(page.getByText('Examination saved.')).toBeVisible();
  expect(say('usual examination', doctor.keys(), from)).toBeLessThan(BUDGET.doctor);
});

test('five lines are sold by keyboard within their time', async ({ page }) => {
  test.setTimeout(120_000);
  await signInAs(page, account('owner'));
  await page.goto('/pharmacy/sales/new');
  // Of no class that asks for a paper.
  const names = ['nepaf', 'olopa', 'travo', 'carboxy', 'sodium hya'];
  const add = page.getByRole('combobox', { name: 'Add a medicine' });
  const lines = page.getByRole('list', { name: 'Lines of the sale' });
  const hand = handOf(page);
  const from = performance.now();
  await hand.goTo(add);
  for (const [index, name] of names.entries()) {
    await hand.type(name);
    await expect(page.getByRole('option').first()).toBeVisible();
    await hand.press('Enter');
    await expect(lines.getByRole('listitem')).toHaveCount(index + 1);
    // The box is empty again and has the focus: the next name is typed at once.
    await expect(add).toBeFocused();
  }
  await expect(lines.getByText(/from lot/)).toHaveCount(names.length);
  await hand.goTo(page.getByRole('button', { name: 'Sell and bill' }));
  await hand.press('Enter');
  await expect(page).toHaveURL(/\/pharmacy\/sales\/[0-9a-f]{24}$/);
  expect(say('five lines of a sale', hand.keys(), from)).toBeLessThan(BUDGET.fiveLines);
});
