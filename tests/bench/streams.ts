import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright';
import { launchChromium } from '@/scripts/lib/chromium.mjs';
import { type Account, account, demo, mailedLink, signInAs } from '@/tests/browser/demo';
import { checkInNew } from '@/tests/browser/front-desk';
import { memoryOf } from './flood';
import { mb, ms, percentile, printRows } from './report';

/** DESIGN section 11. */
const BUDGET = { streams: 200, delayMs: 300 };
/** One fewer than a person may have (features/frontdesk/queue/stream.ts): the desk that calls is one. */
const OF_A_PERSON = 11;
const CALLS = 20;
/** By then a screen that has heard of nothing is counted as late. */
const PATIENCE_MS = 10_000;
const CALLS_READ = 5;
const PASSWORD = 'a bench of open screens 7';

export type Stack = { app: string; pid: number; cookieOf: (who: Account) => Promise<string> };

const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });

/** A screen that watches the queue, when it last heard of a change, and when it had what it shows. */
type Screen = { heardAt: number; readAt: number; isReading: boolean; answer: IncomingMessage };

async function read(app: string, cookie: string): Promise<void> {
  const sent = request(`${app}/api/queue/board`, { agent, headers: { cookie } });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  if (answer.statusCode !== 200) throw new Error(`the board answered ${answer.statusCode}`);
}

async function watch(app: string, cookie: string): Promise<Screen> {
  const sent = request(`${app}/api/queue/stream`, { agent, headers: { cookie } });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`a stream was refused with ${answer.statusCode}`);
  const screen: Screen = { heardAt: 0, readAt: 0, isReading: false, answer };
  answer.setEncoding('utf8');
  answer.on('data', (text: string) => {
    if (!text.includes('event: version')) return;
    screen.heardAt = performance.now();
    if (!screen.isReading) return;
    void read(app, cookie).then(() => {
      screen.readAt = performance.now();
    });
  });
  answer.on('error', () => undefined);
  return screen;
}

/** @returns when what was pressed went out */
async function press(page: Page, act: () => Promise<void>): Promise<number> {
  const answered = page.waitForResponse((one) => one.request().method() === 'POST');
  await act();
  // Known once it is answered; in this process's own time.
  return (await answered).request().timing().startTime - performance.timeOrigin;
}

/** Waits until what was pressed has reached each screen. @returns how many it has not in all that time */
async function reached(
  screens: readonly Screen[],
  at: 'heardAt' | 'readAt',
  pressed: number,
): Promise<number> {
  const deadline = performance.now() + PATIENCE_MS;
  const late = () => screens.filter((screen) => screen[at] < pressed).length;
  while (late() > 0 && performance.now() < deadline) await delay(20);
  return late();
}

/** Colleagues more than the demonstration has, asked in and joined as anybody is. */
async function invite(page: Page, count: number): Promise<Account[]> {
  const tag = Date.now();
  const emails = Array.from({ length: count }, (_, index) => `screen-${index}-${tag}@hospital.test`);
  const owner = account('owner');
  await signInAs(page, owner);
  await page.goto('/staff');
  await page.getByRole('button', { name: 'Invite many' }).click();
  await page
    .getByLabel('People', { exact: true })
    .fill(emails.map((email, index) => `Screen ${index}\t${email}\tReceptionist`).join('\n'));
  await page.getByRole('button', { name: 'Send invitations' }).click();
  for (const email of emails) {
    const link = await mailedLink(page, email, '/invitations/');
    await page.context().clearCookies();
    await page.goto(link);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: /join$/i }).click();
    await page.getByText(/^Welcome to /).waitFor();
  }
  return emails.map((email) => ({ ...owner, role: 'receptionist', email, password: PASSWORD }));
}

/**
 * Two hundred boards and desks watch the queues of two hospitals on one process, while a desk calls: how long
 * a change takes from leaving the desk to each screen of its hospital, and what the screens cost the process.
 */
export async function bench({ app, pid, cookieOf }: Stack): Promise<number> {
  const browser = await launchChromium(process.cwd());
  const own: Screen[] = [];
  const others: Screen[] = [];
  try {
    const page = await (await browser.newContext({ baseURL: app })).newPage();
    const staff = demo().accounts.filter(({ role }) => role !== 'super-admin');
    const [first] = staff;
    const needed = Math.max(0, Math.ceil(BUDGET.streams / OF_A_PERSON) - staff.length);
    const people = [...staff, ...(await invite(page, needed))];
    await page.context().clearCookies();
    await signInAs(page, account('receptionist'));
    await checkInNew(page, { firstName: 'Called', lastName: `Often${Date.now() % 10_000}` });
    const before = memoryOf(pid);
    for (const person of people) {
      const cookie = await cookieOf(person);
      for (let index = 0; index < OF_A_PERSON && own.length + others.length < BUDGET.streams; index++)
        (person.organization === first?.organization ? own : others).push(await watch(app, cookie));
    }
    // Each has said the version of now, so that what is heard from here on is a change.
    await reached([...own, ...others], 'heardAt', 1);
    const after = memoryOf(pid);
    const took: number[] = [];
    let unheard = 0;
    await page.goto('/queue?station=all');
    const row = page
      .getByRole('list', { name: 'Queue, in order of turn' })
      .getByRole('listitem')
      .filter({ hasText: 'Called Often' });
    const call = row.getByRole('button', { name: 'Call', exact: true });
    /** Calls, adds how long each screen took, and puts the patient back. @returns how many are late */
    const round = async (at: 'heardAt' | 'readAt', into: number[]): Promise<number> => {
      await call.waitFor();
      const pressed = await press(page, () => call.click());
      const late = await reached(own, at, pressed);
      for (const screen of own) if (screen[at] > pressed) into.push(screen[at] - pressed);
      await row.getByRole('button', { name: 'Start', exact: true }).waitFor();
      await row.getByRole('button', { name: /^More for token/ }).click();
      const back = page.getByRole('menuitem', { name: 'No answer: back in line' });
      const put = await press(page, () => back.click());
      await reached(own, at, put);
      return late;
    };
    for (let count = 0; count < CALLS; count++) unheard += await round('heardAt', took);
    // Each of them a board, which asks for what it shows.
    const shown: number[] = [];
    for (const screen of own) screen.isReading = true;
    for (let count = 0; count < CALLS_READ; count++) await round('readAt', shown);
    return printRows(`${own.length + others.length} screens on one process, ${CALLS} calls`, [
      {
        what: 'from a call on its way to a screen of that hospital',
        value: `p50 ${ms(percentile(took, 0.5))}, p95 ${ms(percentile(took, 0.95))}`,
        against: `${own.length} screens, and ${others.length} of another hospital beside them`,
        budget: `p95 < ${BUDGET.delayMs} ms`,
        isKept: percentile(took, 0.95) < BUDGET.delayMs,
      },
      {
        what: 'until each of them, as a board, has what it shows',
        value: `p50 ${ms(percentile(shown, 0.5))}, p95 ${ms(percentile(shown, 0.95))}`,
      },
      {
        what: 'changes that a screen did not hear of',
        value: String(unheard),
        budget: 'none',
        isKept: unheard === 0,
      },
      {
        what: 'memory of the process',
        value: `${mb(after - before)} more`,
        against: `${mb(before)} before; ${mb((after - before) / (own.length + others.length))} a screen`,
      },
    ]);
  } finally {
    for (const { answer } of [...own, ...others]) answer.destroy();
    agent.destroy();
    await browser.close();
  }
}
