import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { expect } from 'playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const DESKTOP = { width: 1280, height: 720 };

/** What stands out of the screen at the right; nothing where the page fits. */
const tooWide = (page: Page) =>
  page.evaluate(() =>
    document.documentElement.scrollWidth <= 360
      ? []
      : [...document.querySelectorAll('body *')]
          .filter((one) => one.getBoundingClientRect().right > 361 && !one.closest('.sr-only'))
          .map((one) => one.outerHTML.slice(0, 160))
          .slice(0, 5),
  );

type Found = { id: string; nodes: { html: string }[] };
type Axe = { run: (options: object) => Promise<{ violations: Found[] }> };
const said = (found: readonly Found[]) => found.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
// Of what passes nothing is gathered.
const VIOLATIONS = { resultTypes: ['violations' as const] };

/** What axe finds on the page as it stands, by all rules of the standard. */
async function violationsOn(page: Page): Promise<string[]> {
  // In the page itself: the other mode opens a second one for each page, for frames from elsewhere.
  const axe = new AxeBuilder({ page }).setLegacyMode().options(VIOLATIONS).withTags(WCAG);
  return said((await axe.analyze()).violations);
}

/** What of its colours axe finds too pale; axe is in the page since it was asked before. */
const paleOn = async (page: Page): Promise<string[]> =>
  said(
    await page.evaluate(
      async (options) => {
        const { axe } = window as unknown as { axe: Axe };
        return (await axe.run(options)).violations;
      },
      { ...VIOLATIONS, runOnly: { type: 'rule', values: ['color-contrast'] } },
    ),
  );

/**
 * Holds a page to WCAG 2.2 AA, light and dark, and to the width of a phone.
 * @param address where it is; without one it is the page as it stands.
 */
export async function expectAccessible(page: Page, address?: string): Promise<void> {
  const what = address ?? new URL(page.url()).pathname;
  await page.setViewportSize(DESKTOP);
  // Colours on their way from one to the other are neither.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  if (address) await page.goto(address);
  await page.locator('h1').first().waitFor();
  // A message that is going away is as pale as it is gone.
  await expect(page.locator('[data-sonner-toast]')).toHaveCount(0);
  expect(await violationsOn(page), what).toEqual([]);
  // Dark mode changes the colours and nothing else.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await paleOn(page), `${what}, dark`).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  // The page is laid out again within a moment; what does not fit then, stays.
  await expect.poll(() => tooWide(page), `${what}, on a phone`).toEqual([]);
}
