import { test as base } from 'playwright/test';
import { demo } from './demo';

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
