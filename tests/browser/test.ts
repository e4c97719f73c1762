import { test as base, type Page } from 'playwright/test';
import { demo } from './demo';

/** React has taken over what can be pressed and typed into; on other pages there is nothing to wait for. */
const isAlive = (): boolean =>
  !document.querySelector('script[src*="/_next/static/"]') ||
  [...document.querySelectorAll('main button, main input, main textarea, main select')].every((element) =>
    Object.keys(element).some((key) => key.startsWith('__reactProps')),
  );

/**
 * A person looks at a page before they press. Until it is alive a press does nothing and a selection is lost,
 * and a machine is quicker than that. Not asked with each frame: frames would be drawn for it.
 */
function lookFirst(page: Page): void {
  const prototype = Object.getPrototypeOf(page);
  if (prototype.looksFirst) return;
  prototype.looksFirst = true;
  for (const name of ['goto', 'reload'] as const) {
    const open = prototype[name];
    prototype[name] = async function (this: Page, ...given: unknown[]) {
      const answer = await open.apply(this, given);
      await this.waitForFunction(isAlive, undefined, { timeout: 5_000, polling: 50 }).catch(() => undefined);
      return answer;
    };
  }
}

/**
 * Every end-to-end test runs against the stack that DEMO_FILE names, and fails on an unexpected error in the
 * browser.
 */
export const test = base.extend<{ quietConsole: undefined; allowConsole: (pattern: RegExp) => void }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the first parameter.
  baseURL: async ({}, use) => {
    await use(demo().app);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the first parameter.
  allowConsole: async ({}, use, testInfo) => {
    const allowed: RegExp[] = [];
    Reflect.set(testInfo, 'allowedConsole', allowed);
    await use((pattern) => {
      allowed.push(pattern);
    });
  },
  quietConsole: [
    async ({ page, allowConsole: _ }, use, testInfo) => {
      lookFirst(page);
      const seen: string[] = [];
      page.on('pageerror', (error) => seen.push(String(error)));
      page.on('console', (message) => {
        // A refused request is reported by the browser itself; tests assert on statuses.
        if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
          seen.push(message.text());
      });
      await use(undefined);
      const allowed: RegExp[] = Reflect.get(testInfo, 'allowedConsole') ?? [];
      const unexpected = seen.filter((text) => !allowed.some((pattern) => pattern.test(text)));
      if (unexpected.length > 0)
        throw new Error(`Unexpected errors in the browser:\n${unexpected.join('\n')}`);
    },
    { auto: true },
  ],
});

export { expect } from 'playwright/test';
