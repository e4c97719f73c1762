import { commandsSoFar, kb, pagesOf, type Sessions, scriptBytes } from '../assertions/page-cost';
import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

/**
 * What a page may cost at most: commands to the databases, KB of HTML, KB of script as sent. It is what it
 * costs today and a little; `npm run bench pages` has the budgets.
 */
const MOST: Record<string, [commands: number, html: number, script: number]> = {
  '/': [0, 84, 141],
  '/pricing': [0, 50, 141],
  '/signup': [0, 55, 151],
  '/login': [0, 30, 145],
  '/status': [0, 175, 140],
  '/legal/terms': [0, 50, 140],
  '/today': [11, 76, 150],
  '/patients': [5, 86, 153],
  '/queue': [11, 82, 156],
  '/appointments': [10, 140, 158],
  '/medicines': [10, 125, 156],
  '/pharmacy': [8, 56, 150],
  '/cashier': [16, 80, 150],
  '/reports': [19, 130, 151],
  '/platform': [26, 92, 150],
  '/platform/organizations': [8, 82, 158],
  '/patients/<id>': [27, 105, 170],
  '/visits/<id>': [28, 200, 208],
};

test('pages cost no more commands, markup and script than they are known to', async ({ page, browser }) => {
  // What it counts, each process counts for itself.
  const { app: door, process: app } = demo();
  const cookieOf = async (one: typeof page): Promise<string> =>
    (await one.context().cookies(door)).map(({ name, value }) => `${name}=${value}`).join('; ');
  await signInAs(page, account('owner'));
  const company = await (await browser.newContext()).newPage();
  await signInAs(company, account('super-admin'));
  const sessions: Sessions = {
    public: {},
    staff: { cookie: await cookieOf(page) },
    company: { cookie: await cookieOf(company) },
  };
  const tooMuch: string[] = [];
  for (const { path, kind } of await pagesOf(app, sessions)) {
    const ask = async () => (await fetch(`${app}${path}`, { headers: sessions[kind] })).text();
    // The first compiles, connects, and keeps.
    await ask();
    const counts: number[] = [];
    let html = '';
    for (let count = 0; count < 3; count++) {
      const before = await commandsSoFar(app);
      html = await ask();
      counts.push((await commandsSoFar(app)) - before);
    }
    const cost = [Math.min(...counts), html.length / 1024, (await scriptBytes(app, html)) / 1024];
    const name = path.replace(/[0-9a-f]{24}/, '<id>');
    if (cost.some((value, index) => !(value <= (MOST[name]?.[index] ?? 0))))
      tooMuch.push(
        `${name}: ${cost[0]} commands, ${kb(html.length)} of HTML, ${Math.round(cost[2] ?? 0)} KB of script`,
      );
  }
  expect(tooMuch).toEqual([]);
});

test('a page asks for nothing that lies behind its links before they are pressed', async ({ page }) => {
  const ahead: string[] = [];
  page.on('request', (request) => {
    if (request.headers()['next-router-prefetch']) ahead.push(request.url());
  });
  await signInAs(page, account('owner'));
  await page.goto('/today');
  await page.waitForLoadState('networkidle');
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Patients' });
  await link.hover();
  await link.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(ahead).toEqual([]);
});
