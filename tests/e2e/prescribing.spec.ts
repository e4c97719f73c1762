import { account, signInAs } from '../browser/demo';
import { checkInNew } from '../browser/front-desk';
import { newPack } from '../browser/packs';
import { expect, test } from '../browser/test';

/** Five lines that a doctor writes every day, as they are typed. */
const LINES = [
  'moxi 0.5 re 1 drop qid 1w',
  'pred 1 re 1 drop 6x 1w > qid 1w > bd 1w',
  'nepafenac re tid 4w',
  'carboxy 0.5 be qid 1m',
  'timolol 0.5 le bd 1m',
];
/** Of a practised typist, mental pauses apart: the keystroke-level model of Card, Moran and Newell. */
const SECONDS_PER_KEY = 0.2;
/** To think of a line before it is typed. */
const SECONDS_PER_LINE = 1.35;
const MOST_SECONDS = 40;
/** To take a pack from the shelf's tray, aim and pull the trigger. */
const SECONDS_PER_SCAN = 2.5;
/** What the person needs and what the machine needs, together. */
const MOST_SECONDS_TO_GIVE = 30;

test('five usual lines are prescribed by keyboard alone in under 40 seconds, and dispensed by scanner in under 30', async ({
  page,
}) => {
  test.setTimeout(150_000);
  await signInAs(page, account('owner'));
  const row = await checkInNew(page, { firstName: 'Keys', lastName: `Five${Date.now() % 100_000}` });
  await row.getByRole('link').first().click();
  await page.getByRole('link', { name: 'Prescribe medicines' }).click();
  const entry = page.getByRole('combobox', { name: 'Add a medicine' });
  await expect(entry).toBeVisible();
  await entry.focus();

  const began = Date.now();
  let keys = 0;
  const press = async (key: string) => {
    await page.keyboard.press(key);
    keys++;
  };
  for (const [index, line] of LINES.entries()) {
    for (const letter of line) await press(letter === ' ' ? 'Space' : letter);
    // Somebody looks at what was understood before the Enter.
    await expect(page.getByRole('option').first()).toBeVisible();
    await press('Enter');
    await expect(entry).toHaveValue('');
    await expect(page.getByRole('button', { name: /^Remove / })).toHaveCount(index + 1);
  }
  await press('Control+Enter');
  await expect(page).toHaveURL(/\/prescriptions\/[0-9a-f]{24}$/);
  const machine = (Date.now() - began) / 1_000;
  const person = keys * SECONDS_PER_KEY + LINES.length * SECONDS_PER_LINE;
  const said = `${LINES.length} lines, ${keys} keys: ${person.toFixed(1)} s for a person, ${machine.toFixed(1)} s here`;
  test.info().annotations.push({ type: 'keystrokes', description: said });
  process.stdout.write(`${said}\n`);
  expect(person, said).toBeLessThan(MOST_SECONDS);
  await expect(page.getByText(/Signed by/).first()).toBeVisible();

  // The same five at the counter, each pack scanned, in under 30 seconds.
  await page.goto(page.url().replace('/prescriptions/', '/pharmacy/'));
  const dispense = page.getByRole('button', { name: 'Dispense', exact: true });
  const packs = await test.step('packs that nobody has scanned yet are asked about once', async () => {
    const given = page.getByLabel(/^Give of /);
    await expect(given).toHaveCount(LINES.length);
    const titles = await given.evaluateAll((all) =>
      all.map((one) => one.getAttribute('aria-label')?.replace('Give of ', '') ?? ''),
    );
    const learned: string[] = [];
    for (const title of titles) {
      learned.push(newPack());
      await page.getByLabel('Scan a pack').fill(learned.at(-1) ?? '');
      await page.getByLabel('Scan a pack').press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('combobox', { name: 'Medicine in the pack' }).fill(title);
      await page.getByRole('option', { name: title }).first().click();
      await dialog.getByRole('button', { name: 'Remember' }).click();
      await expect(dialog).toBeHidden();
    }
    return learned;
  });
  await page.reload();
  // By keyboard alone it is one Enter; a scan must not be it.
  await expect(dispense).toBeFocused();
  const opened = Date.now();
  for (const [index, pack] of packs.entries()) {
    await page.keyboard.type(pack);
    await page.keyboard.press('Enter');
    await expect(page.getByText('Scanned', { exact: true })).toHaveCount(index + 1);
  }
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Given so far' })).toBeVisible();
  const here = (Date.now() - opened) / 1_000;
  const counter = packs.length * (SECONDS_PER_SCAN + SECONDS_PER_LINE) + 2 * SECONDS_PER_KEY;
  const heard = `${packs.length} lines, ${packs.length} scans and 2 keys: ${counter.toFixed(1)} s for a person, ${here.toFixed(1)} s here`;
  test.info().annotations.push({ type: 'scans', description: heard });
  process.stdout.write(`${heard}\n`);
  expect(counter + here, heard).toBeLessThan(MOST_SECONDS_TO_GIVE);
});
