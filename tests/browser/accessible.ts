import axe from 'axe-core';
import type { Page } from 'playwright/test';
import { expect } from 'playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const CONTRAST = 'color-contrast';
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

type Asked = { runOnly: axe.RunOnly };

/** Colours on their way from one to the other are neither, however short it is: it takes a frame. */
const colorsHaveArrived = async () => {
  // Scripts of the page hear of it with the next frame, and what they change is drawn with the one after.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await Promise.allSettled(
    document
      .getAnimations()
      .flatMap((each) => (each instanceof CSSTransition ? [each.finished.then(() => undefined)] : [])),
  );
};

/** What axe finds on the page as it stands; it must be in the page. */
const violationsOn = (page: Page, runOnly: axe.RunOnly): Promise<string[]> =>
  page.evaluate(
    async ({ runOnly: rules }: Asked) => {
      const { axe: inPage } = window as unknown as { axe: typeof axe };
      // Of what passes nothing is gathered.
      const { violations } = await inPage.run({ resultTypes: ['violations'], runOnly: rules });
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    },
    { runOnly },
  );

/**
 * Puts axe into the page. Working out contrast takes it two thirds of its time, so what looks the same is
 * looked at three times and then passed over: the first two and the last of what has the same element,
 * classes and state, beside and within the same, all the way up. By every other rule each element is held.
 */
async function prepare(page: Page): Promise<void> {
  for (const frame of page.frames()) await frame.evaluate(axe.source);
  await page.evaluate((rule) => {
    const STATE =
      /^(?:class|style|hidden|role|type|data-(?!looked)|aria-(?!label|describedby|controls|owns))/;
    const MOMENTARY = [':checked', ':disabled', ':placeholder-shown', ':has(:checked)', ':has(:disabled)'];
    const mark = 'data-looked-at-elsewhere';
    const looks = new Map<Element, string>();
    const ownLook = (element: Element): string => {
      const said = [...element.attributes].filter(({ name }) => STATE.test(name));
      const is = MOMENTARY.filter((state) => element.matches(state));
      return [element.localName, ...said.map(({ name, value }) => `${name}=${value}`).sort(), ...is].join(
        ' ',
      );
    };
    const numbers = new Map<string, number>();
    const alike = new Map<number, Element[]>();
    const walk = (element: Element, above: number): void => {
      const before = element.previousElementSibling;
      const own = ownLook(element);
      looks.set(element, own);
      const look = `${above}>${(before && looks.get(before)) ?? ''}+${own}`;
      const number = numbers.get(look) ?? numbers.size;
      numbers.set(look, number);
      const same = alike.get(number);
      if (same) same.push(element);
      else alike.set(number, [element]);
      for (const child of element.children) walk(child, number);
    };
    // From when the page was last looked at.
    for (const element of document.querySelectorAll(`[${mark}]`)) element.removeAttribute(mark);
    walk(document.body, -1);
    for (const same of alike.values())
      for (const element of same.slice(2, -1)) element.setAttribute(mark, '');
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    inPage.configure({ rules: [{ id: rule, selector: `:not([${mark}])` }] });
  }, CONTRAST);
}

/**
 * Holds a page to WCAG 2.2 AA, light and dark, and to the width of a phone.
 * @param address where it is; without one it is the page as it stands.
 */
export async function expectAccessible(page: Page, address?: string): Promise<void> {
  const what = address ?? new URL(page.url()).pathname;
  await page.setViewportSize(DESKTOP);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  if (address) await page.goto(address);
  await page.locator('h1').first().waitFor();
  // A message that is going away is as pale as it is gone.
  await expect(page.locator('[data-sonner-toast]')).toHaveCount(0);
  await prepare(page);
  expect(await violationsOn(page, { type: 'tag', values: WCAG }), what).toEqual([]);
  // Dark mode changes the colours and nothing else.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.evaluate(colorsHaveArrived);
  expect(await violationsOn(page, { type: 'rule', values: [CONTRAST] }), `${what}, dark`).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  // The page is laid out again within a moment; what does not fit then, stays.
  await expect.poll(() => tooWide(page), `${what}, on a phone`).toEqual([]);
}
