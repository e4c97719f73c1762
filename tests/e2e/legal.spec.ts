import { account, demo, signInAs } from '../browser/demo';
import { expect, test } from '../browser/test';

test('a buyer reads the contract, search engines find what they may, and an owner takes a copy along', async ({
  page,
}) => {
  await page.goto('/');
  const legal = page.getByRole('navigation', { name: 'Legal' });
  await legal.getByRole('link', { name: 'Data processing' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Data processing agreement');
  await expect(page.getByText('Version of')).toBeVisible();
  await expect(page).toHaveTitle('Data processing agreement · Chakravue');
  const read = async (path: string) => {
    const answer = await page.request.get(`${demo().app}${path}`);
    expect(answer.status(), path).toBe(200);
    return answer.text();
  };
  const robots = await read('/robots.txt');
  expect(robots).toContain(`Sitemap: ${demo().app}/sitemap.xml`);
  const sitemap = await read('/sitemap.xml');
  expect(sitemap).toContain(`<loc>${demo().app}/legal/terms</loc>`);
  // What is offered to be found may be read, and so may what it is drawn with.
  const allowed = [...robots.matchAll(/^Allow: (.+)$/gm)].map(([, rule = '']) => rule);
  const mayRead = (path: string) =>
    allowed.some((rule) => (rule.endsWith('$') ? path === rule.slice(0, -1) : path.startsWith(rule)));
  const listed = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => new URL(url).pathname);
  expect([...listed, '/_next/static/chunks/a.js'].filter((path) => !mayRead(path))).toEqual([]);
  expect(mayRead('/patients')).toBe(false);
  expect(await read('/.well-known/security.txt')).toMatch(
    /^Contact: http.*\/legal\/security\nExpires: \d{4}-/,
  );
  expect(JSON.parse(await read('/manifest.webmanifest')).icons).toHaveLength(2);
  for (const picture of ['/favicon.ico', '/apple-icon.png', '/icon-512.png']) await read(picture);
  const home = await read('/');
  expect(home).toMatch(/<meta property="og:image" content="http[^"]+opengraph-image/);
  expect(home).toContain(`<link rel="canonical" href="${demo().app}"`);
  expect((await page.request.get(`${demo().app}/legal/nonsense`)).status()).toBe(404);

  await signInAs(page, account('owner'));
  await page.goto('/settings/agreements');
  const contract = page.getByRole('region', { name: 'Contract' });
  await expect(contract.getByText('Accepted', { exact: true })).toHaveCount(2);
  const copy = await contract.getByRole('link', { name: 'Copy as PDF' }).first().getAttribute('href');
  const file = await page.request.get(`${demo().app}${copy}`);
  expect(file.headers()['content-type']).toBe('application/pdf');
});

test('public pages are kept as they were rendered: their scripts run, and no other may', async ({
  page,
  allowConsole,
}) => {
  // The hash of the script that is put in below: any other refusal fails the test.
  allowConsole(/inline script .*'sha256-NffHFFGgNToiWrGzPFCeg6\+0u4n1wGToRbKQv6HTPJ0='/);
  for (const path of ['/', '/pricing', '/signup', '/login', '/legal/terms'])
    await test.step(path, async () => {
      await expect(async () => {
        const { 'cache-control': cached } = (await page.request.get(`${demo().app}${path}`)).headers();
        expect(cached).toBe('private, no-cache');
      }).toPass();
      const answer = await page.goto(path);
      const policy = /script-src ([^;]+)/.exec(answer?.headers()['content-security-policy'] ?? '')?.[1];
      expect(policy).toMatch(/\/_next\/static\/ 'sha256-/);
      expect(policy).not.toMatch(/nonce|unsafe|strict-dynamic|'self'/);
      // The page is alive: what only a script does.
      await page.getByRole('button', { name: 'Switch between light and dark' }).click();
      await expect(page.locator('html')).not.toHaveAttribute('data-theme', 'system');
      const wasHere = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.wasHere = true';
        document.head.append(script);
        return 'wasHere' in window;
      });
      expect(wasHere).toBe(false);
      await page.context().clearCookies({ name: 'theme' });
    });
});
