import type { Browser, Locator, Page } from 'playwright';
import { launchChromium } from '@/scripts/lib/chromium.mjs';
import { account, signInAs } from '@/tests/browser/demo';
import { checkInNew } from '@/tests/browser/front-desk';
import { FOREIGN, ticks } from './pages';
import { ms, printRows, type Row } from './report';

export type Stack = { app: string };

/** A phone that is so much slower than this machine. */
const SLOWER = 4;
const PHONE = { width: 390, height: 844 };
const ROUNDS = 3;
/** Only the acts whose words have one of these, and no way back: `BENCH_ACTS=pressure,saves`. */
const ONLY = (process.env.BENCH_ACTS ?? '').split(',').filter(Boolean);
/**
 * Nothing has arrived and nothing taken long for so long: the page is at rest. Within 700 ms a sheet of
 * hundreds of fields is still being taken over in idle time.
 */
const REST_MS = 3_000;
const PATIENCE_MS = 20_000;
/** DESIGN section 11; and what is called good of a layout shift (web.dev/cls). */
const BUDGET = { nextPaintMs: 100, shift: 0.1 };

/** Leads to where the act begins, and gives the act; one at once does not wait until the page is at rest. */
type Act = {
  what: string;
  by: string;
  isAtOnce?: true;
  prepare: (page: Page) => Promise<() => Promise<unknown>>;
};

const tap = (locator: Locator) => () => locator.tap();

/** Opens a page and gives what is tapped on it. */
const on = (address: string, what: (page: Page) => Locator) => async (page: Page) => {
  await page.goto(address);
  await what(page).waitFor();
  return tap(what(page));
};

/** Opens a page and gives the typing into one of its boxes. */
const typing = (address: string, box: (page: Page) => Locator, text: string) => async (page: Page) => {
  await page.goto(address);
  await box(page).focus();
  return () => page.keyboard.type(text, { delay: 120 });
};

/** A page is touched as soon as it is there to be seen, while it is still being taken over. */
const atOnce = (address: string, box: (page: Page) => Locator, text?: string) => async (page: Page) => {
  await page.goto(address, { waitUntil: 'commit' });
  await box(page).waitFor();
  if (text === undefined) return tap(box(page));
  await box(page).evaluate((element) => (element as HTMLElement).focus());
  return () => page.keyboard.type(text, { delay: 120 });
};

const rows = (page: Page) =>
  page.getByRole('list', { name: 'Queue, in order of turn' }).getByRole('listitem');
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).first();

/** The twenty most frequent acts of a day, in its order. @param visit the address of one that is open */
const ofADay = (visit: string): Act[] => [
  {
    what: 'types into the search for patients',
    by: 'receptionist',
    prepare: typing('/patients', (page) => page.getByLabel('Search patients'), 'rao'),
  },
  {
    what: 'opens a patient',
    by: 'receptionist',
    prepare: on('/patients', (page) => page.locator('a[href^="/patients/"]:not([href$="new"])').first()),
  },
  {
    what: 'opens the navigation',
    by: 'receptionist',
    prepare: on('/today', (page) => button(page, /menu|navigation/i)),
  },
  {
    what: 'types the name of a new patient',
    by: 'receptionist',
    prepare: typing('/patients/new', (page) => page.getByLabel('First name'), 'Lakshmi'),
  },
  {
    what: 'opens the check-in',
    by: 'receptionist',
    prepare: async (page) => {
      await page.goto('/patients');
      await page.locator('a[href^="/patients/"]:not([href$="new"])').nth(3).click();
      const link = page.getByRole('link', { name: 'Check in' });
      await link.waitFor();
      return tap(link);
    },
  },
  {
    what: 'looks at another station',
    by: 'receptionist',
    prepare: on('/queue', (page) =>
      page.getByRole('navigation', { name: 'Stations' }).getByRole('link', { name: /^Doctor/ }),
    ),
  },
  {
    what: 'calls',
    by: 'receptionist',
    prepare: on('/queue?station=all', (page) =>
      rows(page).getByRole('button', { name: 'Call', exact: true }).first(),
    ),
  },
  {
    what: 'starts',
    by: 'receptionist',
    prepare: on('/queue?station=all', (page) =>
      rows(page).getByRole('button', { name: 'Start', exact: true }).first(),
    ),
  },
  {
    what: 'says done',
    by: 'receptionist',
    prepare: on('/queue?station=all', (page) => rows(page).getByRole('button', { name: /^Done/ }).first()),
  },
  {
    what: 'opens what else can be done with a token',
    by: 'receptionist',
    prepare: on('/queue?station=all', (page) =>
      rows(page)
        .getByRole('button', { name: /^More for token/ })
        .first(),
    ),
  },
  {
    what: 'goes to the next day',
    by: 'receptionist',
    prepare: on('/appointments', (page) => page.getByRole('link', { name: /next day/i }).first()),
  },
  {
    what: 'opens an appointment',
    by: 'receptionist',
    prepare: on('/appointments', (page) =>
      page.getByRole('listitem').getByRole('button', { name: / to / }).first(),
    ),
  },
  {
    what: 'looks for the patient of a booking',
    by: 'receptionist',
    prepare: typing('/appointments/new', (page) => page.getByRole('combobox').first(), 'rao'),
  },
  {
    what: 'types a pressure',
    by: 'doctor',
    prepare: typing(
      visit,
      (page) => page.getByRole('form', { name: 'Measurements' }).getByLabel('Right eye, mmHg'),
      '17',
    ),
  },
  {
    what: 'saves the measurements',
    by: 'doctor',
    prepare: async (page) => {
      await page.goto(visit);
      const form = page.getByRole('form', { name: 'Measurements' });
      await form.getByLabel('Left eye, mmHg').fill('16');
      return () => form.getByLabel('Left eye, mmHg').press('Enter');
    },
  },
  {
    what: 'types into the history',
    by: 'doctor',
    prepare: typing(visit, (page) => page.getByLabel('Complaint and history'), 'Blurred'),
  },
  {
    what: 'looks for a diagnosis',
    by: 'doctor',
    prepare: typing(visit, (page) => page.getByRole('combobox', { name: 'Add a diagnosis' }), 'myopia'),
  },
  {
    what: 'types a line of a prescription',
    by: 'doctor',
    prepare: async (page) => {
      await page.goto(visit);
      await page.getByRole('link', { name: 'Prescribe medicines' }).click();
      const box = page.getByRole('combobox', { name: 'Add a medicine' });
      await box.focus();
      return () => page.keyboard.type('moxi 0.5 re', { delay: 120 });
    },
  },
  {
    what: 'looks for a medicine',
    by: 'pharmacist',
    prepare: typing('/medicines', (page) => page.getByRole('searchbox').first(), 'timo'),
  },
  {
    what: 'opens a visit from the queue',
    by: 'doctor',
    prepare: on('/queue?station=all', (page) => rows(page).getByRole('link').first()),
  },
];

/** The same on pages that have only just come. @param patient the address of one */
const atTheDoor = (visit: string, patient: string): Act[] => {
  const pressure = (page: Page) =>
    page.getByRole('form', { name: 'Measurements' }).getByLabel('Right eye, mmHg');
  const all: Omit<Act, 'isAtOnce'>[] = [
    { what: 'types a pressure at once', by: 'doctor', prepare: atOnce(visit, pressure, '17') },
    {
      what: 'types a history at once',
      by: 'doctor',
      prepare: atOnce(visit, (page) => page.getByLabel('Complaint and history'), 'Blurred far away'),
    },
    {
      what: 'opens a group of the sheet at once',
      by: 'doctor',
      prepare: atOnce(visit, (page) => page.getByText('Near vision', { exact: true })),
    },
    {
      what: 'opens the navigation of a patient at once',
      by: 'receptionist',
      prepare: atOnce(patient, (page) => button(page, /menu|navigation/i)),
    },
    {
      what: 'types the name of a new patient at once',
      by: 'receptionist',
      prepare: atOnce('/patients/new', (page) => page.getByLabel('First name'), 'Lakshmi'),
    },
    {
      what: 'looks for a bill at once',
      by: 'cashier',
      prepare: atOnce('/cashier', (page) => page.getByRole('searchbox').first(), 'rao'),
    },
    {
      what: 'looks for the medicine of a sale at once',
      by: 'pharmacist',
      prepare: atOnce('/pharmacy/sales/new', (page) => page.getByLabel('Add a medicine'), 'timo'),
    },
  ];
  return all.map((act) => ({ ...act, isAtOnce: true }));
};

/** Counts from now on what each touch and key took up to the next paint, and how much moved by itself. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { slowest: 0, shift: 0, busyAt: 0, longest: 0 };
    Object.assign(window, { felt: seen });
    const noteBusy = (list: PerformanceObserverEntryList) => {
      for (const { entryType, startTime, duration } of list.getEntries()) {
        seen.busyAt = Math.max(seen.busyAt, startTime + duration);
        if (entryType === 'longtask') seen.longest = Math.max(seen.longest, duration);
      }
    };
    for (const type of ['longtask', 'resource', 'layout-shift'])
      new PerformanceObserver(noteBusy).observe({ type, buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[])
        if (entry.interactionId > 0) seen.slowest = Math.max(seen.slowest, entry.duration);
    }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) seen.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

type Felt = { slowest: number; shift: number; longest: number };
type Seen = Felt & { busyAt: number };
const feltOn = (page: Page) => page.evaluate(() => (window as unknown as { felt: Seen }).felt);

/** Until the page has nothing left to do; one that never comes to rest is a finding. */
const comesToRest = (page: Page) =>
  page.waitForFunction(
    (rest) => performance.now() - (window as unknown as { felt: Seen }).felt.busyAt > rest,
    REST_MS,
    { timeout: PATIENCE_MS },
  );

/** The slowest touch or key of one act, in milliseconds, what shifted before it, and its longest task. */
async function measure(page: Page, { prepare, isAtOnce }: Act): Promise<Felt> {
  const act = await prepare(page);
  if (isAtOnce) {
    await act();
    await comesToRest(page);
    return feltOn(page);
  }
  // Awake, and with nothing left to do: what is measured is the act.
  await page.waitForLoadState();
  await comesToRest(page);
  const { shift } = await feltOn(page);
  await page.evaluate(() => {
    const { felt } = window as unknown as { felt: Seen };
    Object.assign(felt, { slowest: 0, longest: 0, busyAt: performance.now() });
  });
  await act();
  await comesToRest(page);
  const { slowest, longest } = await feltOn(page);
  return { slowest, shift, longest };
}

/** A list that somebody has gone down in, and what leads from it to a record. */
const LISTS: { by: string; list: string; link: string }[] = [
  { by: 'receptionist', list: '/patients', link: 'a[href^="/patients/"]:not([href$="new"])' },
  {
    by: 'receptionist',
    list: '/queue?station=all',
    link: 'main a[href^="/patients/"], main a[href^="/visits/"]',
  },
  { by: 'pharmacist', list: '/medicines', link: 'a[href^="/medicines/"]:not([href$="new"])' },
];
const DOWN_PX = 400;

/** How long Back takes from a record to its list, whether the list is where it was, and what it asks for. */
async function comeBack(page: Page, { list, link }: { list: string; link: string }) {
  await page.goto(list);
  const { pathname, search } = new URL(list, page.url());
  await page.locator(link).first().waitFor();
  await page.waitForLoadState();
  await comesToRest(page);
  await page.evaluate((top) => {
    (window as unknown as { felt: Seen }).felt.busyAt = performance.now();
    window.scrollTo(0, top);
  }, DOWN_PX);
  // Where it stands is noted a moment after the last scroll.
  await comesToRest(page);
  const from = await page.evaluate(() => window.scrollY);
  await page.evaluate((chosen) => {
    const seen = [...document.querySelectorAll<HTMLElement>(chosen)].find((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top > 120 && bottom < window.innerHeight - 120;
    });
    seen?.click();
  }, link);
  await page.waitForFunction((before) => !location.href.endsWith(before), pathname + search);
  await page.locator('h1').first().waitFor();
  await comesToRest(page);
  const asked: string[] = [];
  const note = (sent: { url: () => string }) => {
    if (new URL(sent.url()).pathname === pathname) asked.push(sent.url());
  };
  page.on('request', note);
  const took = await page.evaluate(
    async ([path, chosen, top]) => {
      const begun = performance.now();
      history.back();
      while (performance.now() - begun < 5_000) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const isThere = location.pathname === path && document.querySelector(chosen) !== null;
        if (isThere && Math.abs(window.scrollY - top) < 5) break;
      }
      // The next frame shows it.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - begun;
    },
    [pathname, link, from] as const,
  );
  const top = await page.evaluate(() => window.scrollY);
  page.off('request', note);
  return { took, from, top, asked: asked.length };
}

/** Back from a record, the median of a few rounds. */
async function backRows(phone: (role: string) => Promise<Page>): Promise<Row[]> {
  const rowsOfTable: Row[] = [];
  for (const { by, list, link } of LISTS) {
    const page = await phone(by);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await comeBack(page, { list, link }));
    const took = rounds.map((one) => one.took).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    const isSame = rounds.every(({ from, top }) => Math.abs(from - top) < 5);
    const [last] = rounds.slice(-1);
    rowsOfTable.push({
      what: `${by} comes back to ${list}`,
      value: ms(took),
      against: `from ${last?.from} px to ${last?.top} px, ${last?.asked} questions`,
      budget: `< ${BUDGET.nextPaintMs} ms, the same place`,
      isKept: took < BUDGET.nextPaintMs && isSame,
    });
  }
  return rowsOfTable;
}

async function phoneOf(browser: Browser, app: string, role: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: app, viewport: PHONE, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await watch(page);
  await signInAs(page, account(role));
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return page;
}

/**
 * What the twenty most frequent acts feel like on a phone four times slower than this machine: from the touch
 * or key to the next paint, the median of the slowest of each round, and how far the page moved by itself
 * while it opened; and whether Back from a record is instant and finds the list where it was.
 */
export async function bench({ app }: Stack): Promise<number> {
  const browser = await launchChromium(process.cwd());
  const rowsOfTable: Row[] = [];
  const before = ticks();
  let after = before;
  try {
    const desk = await (await browser.newContext({ baseURL: app })).newPage();
    await signInAs(desk, account('receptionist'));
    const entry = await checkInNew(desk, { firstName: 'Felt', lastName: `Speed${Date.now() % 10_000}` });
    const visit = (await entry.getByRole('link').first().getAttribute('href')) ?? '';
    const phones = new Map<string, Page>();
    const phone = async (role: string): Promise<Page> => {
      const page = phones.get(role) ?? (await phoneOf(browser, app, role));
      phones.set(role, page);
      return page;
    };
    await desk.goto('/patients');
    const patient =
      (await desk.locator('a[href^="/patients/"]:not([href$="new"])').first().getAttribute('href')) ?? '';
    const chosen = [...ofADay(visit), ...atTheDoor(visit, patient)].filter(
      ({ what }) => ONLY.length === 0 || ONLY.some((word) => what.includes(word)),
    );
    for (const act of chosen) {
      const page = await phone(act.by);
      const felt: Felt[] = [];
      for (let round = 0; round < ROUNDS; round++) felt.push(await measure(page, act));
      // A phone that lies on the table, slow as it is, takes nothing from the one in the hand.
      await page.goto('about:blank');
      const medianOf = (what: 'slowest' | 'longest') =>
        felt.map((one) => one[what]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
      const slowest = medianOf('slowest');
      const shift = Math.max(...felt.map((one) => one.shift));
      rowsOfTable.push({
        what: `${act.by} ${act.what}`,
        value: slowest === 0 ? '< 16 ms' : ms(slowest),
        against: `moved by itself ${shift.toFixed(3)}, longest task ${Math.round(medianOf('longest'))} ms`,
        budget: `< ${BUDGET.nextPaintMs} ms, < ${BUDGET.shift}`,
        isKept: slowest < BUDGET.nextPaintMs && shift < BUDGET.shift,
      });
    }
    if (ONLY.length === 0) rowsOfTable.push(...(await backRows(phone)));
    after = ticks();
  } finally {
    await browser.close();
  }
  const [all, own] = [after.all - before.all, after.own - before.own];
  rowsOfTable.push({
    what: 'processor time that others took meanwhile',
    value: `${Math.round(((all - own) / all) * 100)} %`,
    budget: `<= ${FOREIGN * 100} %, or the figures above are a guess`,
    isKept: all - own <= all * FOREIGN,
  });
  return printRows(`Acts on a phone ${SLOWER} x slower, to the next paint`, rowsOfTable);
}
