import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type Page } from 'playwright';
import { type Account, account, demo, mailedLink, signInAs } from '@/tests/browser/demo';
import { checkInNew } from '@/tests/browser/front-desk';
import { memoryOf } from './flood';
import { mb, ms, percentile, printRows } from './report';

/** DESIGN section 11. */
const BUDGET = { streams: 200, delayMs: 300 };
/** One fewer than a person may have (features/frontdesk/queue/stream.ts): the desk that calls is one. */
const OF_A_PERSON = 11;
const CALLS = 20;
const PASSWORD = 'a bench of open screens 7';

export type Stack = { app: string; pid: number; cookieOf: (who: Account) => Promise<string> };

const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });

/** A screen that watches the queue, and when it last heard of a change. */
type Screen = { heardAt: number; answer: IncomingMessage };

async function watch(app: string, cookie: string): Promise<Screen> {
  const sent = request(`${app}/api/queue/stream`, { agent, headers: { cookie } });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`a stream was refused with ${answer.statusCode}`);
  const screen = { heardAt: 0, answer };
  answer.setEncoding('utf8');
  answer.on('data', (text: string) => {
    if (text.includes('event: version')) screen.heardAt = performance.now();
  });
  answer.on('error', () => undefined);
  return screen;
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
 * a change takes from the press to each screen of its hospital, and what the screens cost the process.
 */
export async function bench({ app, pid, cookieOf }: Stack): Promise<number> {
  const executablePath = process.env.CHROMIUM_BINARY ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
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
    await delay(2_000);
    const after = memoryOf(pid);
    const took: number[] = [];
    let unheard = 0;
    await page.goto('/queue?station=all');
    const row = page.getByRole('listitem').filter({ hasText: 'Called Often' }).first();
    for (let round = 0; round < CALLS; round++) {
      const button = row.getByRole('button', { name: /^(Call|Back in line)$/ }).first();
      await button.waitFor();
      await delay(700);
      const sent = page.waitForRequest((one) => one.method() === 'POST');
      void button.click();
      await sent;
      const pressed = performance.now();
      await delay(2_000);
      for (const { heardAt } of own) {
        if (heardAt > pressed) took.push(heardAt - pressed);
        else unheard++;
      }
    }
    return printRows(`${own.length + others.length} screens on one process, ${CALLS} calls`, [
      {
        what: 'from the press to a screen of that hospital',
        value: `p50 ${ms(percentile(took, 0.5))}, p95 ${ms(percentile(took, 0.95))}`,
        against: `${own.length} screens, and ${others.length} of another hospital beside them`,
        budget: `p95 < ${BUDGET.delayMs} ms`,
        isKept: percentile(took, 0.95) < BUDGET.delayMs,
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
