import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse, { type Flags, type Result } from 'lighthouse';
import { chromium } from 'playwright';
import { freePort } from '@/dev/database/process.mjs';
import { ensureChromium } from '@/scripts/lib/chromium.mjs';
import { percentile, printRows, type Row } from './report';

export type Stack = { app: string; cookies: { owner: string; company: string } };

/** Performance is the middle of so many; what a page is does not change from one to the next. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
/** A word of the addresses to look at; all of them without it. */
const ONLY = process.env.BENCH_PAGES ?? '';
/** DESIGN section 11. */
const BUDGET = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
type Category = keyof typeof BUDGET;
const LASTING: Category[] = ['accessibility', 'best-practices', 'seo'];

type Kind = 'found' | 'public' | 'staff' | 'company';
/** `found` are those that a search engine may show; the other public ones are for who was sent there. */
const PAGES: Record<Kind, readonly string[]> = {
  found: [
    ...['/', '/pricing', '/signup', '/login', '/status', '/status/subscribe', '/changes'],
    ...['/help', '/help/check-in', '/legal/terms', '/legal/privacy', '/legal/data-processing'],
    ...['/legal/sub-processors', '/legal/security', '/legal/service-levels', '/legal/contact'],
    ...['/legal/imprint', '/legal/about'],
  ],
  public: ['/forgot-password', '/platform/login', '/signup/status'],
  staff: [
    ...['/today', '/patients', '/queue', '/appointments', '/cashier', '/pharmacy', '/reports', '/staff'],
    ...['/billing', '/support', '/audit', '/whats-new', '/settings', '/settings/account'],
    ...['/settings/schedules', '/settings/branches', '/settings/letterhead', '/settings/sign-in-page'],
    ...['/settings/usage', '/settings/agreements', '/settings/security', '/settings/roles'],
  ],
  company: [
    ...['/platform', '/platform/organizations', '/platform/revenue', '/platform/usage', '/platform/tickets'],
    ...['/platform/databases', '/platform/events', '/platform/mails', '/platform/notifications'],
    ...['/platform/announcements', '/platform/status', '/platform/team', '/platform/account'],
    ...['/platform/audit', '/platform/feedback'],
  ],
};
const KINDS = Object.keys(PAGES) as Kind[];

/** What a cookie header says, as a browser keeps it. */
const cookiesOf = (header: string, url: string) =>
  header
    .split('; ')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
    });

/** A browser with a session of its own, that Lighthouse drives over its port. */
async function startBrowser(app: string, header: string) {
  const folder = await mkdtemp(join(tmpdir(), 'chakravue-lighthouse-'));
  const port = await freePort();
  const executablePath = await ensureChromium(process.cwd());
  const browser = await chromium.launchPersistentContext(folder, {
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
  });
  await browser.addCookies(cookiesOf(header, app));
  return {
    port,
    stop: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function look(address: string, flags: Flags): Promise<Result> {
  const answer = await lighthouse(address, { logLevel: 'error', ...flags });
  if (!answer) throw new Error(`Lighthouse says nothing of ${address}.`);
  const { lhr } = answer;
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(address).pathname)
    throw new Error(`${address} leads to ${lhr.finalDisplayedUrl}: it needs another session.`);
  return lhr;
}

const scoreOf = ({ categories }: Result, category: Category) =>
  Math.round((categories[category]?.score ?? 0) * 100);

/** The audits that keep a page from the full score. */
function missed({ audits, categories }: Result, category: Category): string[] {
  return (categories[category]?.auditRefs ?? [])
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(({ id }) => {
      const { details, displayValue } = audits[id] ?? {};
      const items = details?.type === 'table' ? details.items : [];
      const where = items.map(({ node, source, description, url }) => {
        const of = typeof node === 'object' && node && 'snippet' in node ? node.snippet : undefined;
        return String(of ?? description ?? source ?? url ?? '');
      });
      return [id, displayValue, ...where.slice(0, 3)].filter(Boolean).join(' | ');
    });
}

/** What is said of one page; a page that cannot be looked at is a budget that is not kept. */
async function rowOf(address: string, path: string, flags: Flags, wanted: Category[]): Promise<Row> {
  const budget = `>= ${BUDGET.performance}, the rest 100`;
  try {
    const first = await look(address, { ...flags, onlyCategories: ['performance', ...wanted] });
    const speeds = [scoreOf(first, 'performance')];
    while (speeds.length < ROUNDS)
      speeds.push(scoreOf(await look(address, { ...flags, onlyCategories: ['performance'] }), 'performance'));
    const speed = percentile(speeds, 0.5);
    const metric = (id: string) => first.audits[id]?.displayValue ?? '?';
    const slow = `performance | LCP ${metric('largest-contentful-paint')}, TBT ${metric('total-blocking-time')}, CLS ${metric('cumulative-layout-shift')}`;
    const short = [
      ...(speed < BUDGET.performance ? [slow] : []),
      ...wanted.flatMap((category) => missed(first, category)),
    ];
    for (const one of short) process.stdout.write(`  ${path}: ${one}\n`);
    const rest = wanted.map((category) => `${category} ${scoreOf(first, category)}`).join(', ');
    return {
      what: path,
      value: `performance ${speed} (${Math.min(...speeds)} to ${Math.max(...speeds)}), ${rest}`,
      budget,
      isKept:
        speed >= BUDGET.performance &&
        wanted.every((category) => scoreOf(first, category) >= BUDGET[category]),
    };
  } catch (error) {
    return {
      what: path,
      value: error instanceof Error ? error.message : String(error),
      budget,
      isKept: false,
    };
  }
}

export async function bench({ app, cookies }: Stack): Promise<number> {
  const sessions: Record<Kind, string> = {
    found: '',
    public: '',
    staff: cookies.owner,
    company: cookies.company,
  };
  const rows: Row[] = [];
  for (const kind of KINDS) {
    const pages = PAGES[kind].filter((path) => path.includes(ONLY));
    if (pages.length === 0) continue;
    const browser = await startBrowser(app, sessions[kind]);
    // The session stays: it is in none of what is cleared between two looks.
    const flags: Flags = { port: browser.port, disableStorageReset: kind === 'staff' || kind === 'company' };
    const wanted = LASTING.filter((category) => category !== 'seo' || kind === 'found');
    try {
      for (const path of pages) rows.push(await rowOf(`${app}${path}`, path, flags, wanted));
    } finally {
      await browser.stop();
    }
  }
  return printRows(`Lighthouse, on its telephone, ${ROUNDS} rounds`, rows);
}
