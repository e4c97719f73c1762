import { gzipSync } from 'node:zlib';

type PageKind = 'public' | 'staff' | 'company';
export type Page = { path: string; kind: PageKind };
/** Header lines of who asks, by the kind of page. */
export type Sessions = Record<PageKind, Record<string, string>>;

const PATHS: Record<PageKind, readonly string[]> = {
  public: ['/', '/pricing', '/signup', '/login', '/status', '/legal/terms'],
  staff: [
    '/today',
    '/patients',
    '/queue',
    '/appointments',
    '/medicines',
    '/pharmacy',
    '/cashier',
    '/reports',
  ],
  company: ['/platform', '/platform/organizations'],
};
/** The first record of a list stands for all of its kind. */
const RECORDS: [list: string, link: RegExp][] = [
  ['/patients', /href="(\/patients\/[0-9a-f]{24})"/],
  ['/queue?station=all', /href="(\/visits\/[0-9a-f]{24})"/],
];

/** The pages whose cost is bounded, of the demonstration hospital that `sessions` belong to. */
export async function pagesOf(app: string, sessions: Sessions): Promise<Page[]> {
  const pages = (['public', 'staff', 'company'] as const).flatMap((kind) =>
    PATHS[kind].map((path) => ({ path, kind })),
  );
  for (const [list, link] of RECORDS) {
    const [, path] =
      link.exec(await (await fetch(`${app}${list}`, { headers: sessions.staff })).text()) ?? [];
    if (!path) throw new Error(`${list} shows no record`);
    pages.push({ path, kind: 'staff' });
  }
  return pages;
}

/** What a browser fetches to make a page work, in bytes as they are sent compressed. */
export async function scriptBytes(app: string, html: string): Promise<number> {
  const sources = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => !/\bnomodule\b/i.test(tag))
    .map(([, source = '']) => source.replaceAll('&amp;', '&'));
  let total = 0;
  for (const source of new Set(sources)) {
    const answer = await fetch(new URL(source, app), { headers: { 'accept-encoding': 'identity' } });
    total += gzipSync(Buffer.from(await answer.arrayBuffer())).length;
  }
  return total;
}

/** Commands that the process has sent to its databases; needs METRICS_TOKEN. */
export async function commandsSoFar(app: string): Promise<number> {
  const headers = { authorization: `Bearer ${process.env.METRICS_TOKEN}` };
  const text = await (await fetch(`${app}/api/metrics`, { headers })).text();
  const counts = [...text.matchAll(/^chakravue_database_commands_total\{[^}]*\} (\d+)$/gm)];
  if (counts.length === 0) throw new Error('The metrics count no commands.');
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

export const KB = 1024;
export const kb = (bytes: number): string => `${Math.round(bytes / KB)} KB`;
