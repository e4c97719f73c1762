import { defineConfig, devices } from 'playwright/test';
import { chromiumHere } from './scripts/lib/chromium.mjs';

// `npm test` starts the stack and names its file; while developing, the running demo's is used.
process.env.DEMO_FILE ??= '.data/demo.json';

const executablePath = chromiumHere();

export default defineConfig({
  testDir: 'tests/e2e',
  // Two processes of the app, three browsers and a database share two cores.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // With two, a third of the time of two cores was spent waiting for one another.
  workers: 3,
  fullyParallel: false,
  // What passes only the second time is printed as such: a fault to be looked for, and no reason to stop.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  outputDir: 'test-results',
  // Commands are counted for the whole process, so nobody else may ask meanwhile; the road compares the
  // company's revenue before and after, so nobody else may sign up; a restart is everybody's.
  projects: [
    { name: 'pages', testMatch: 'pages.spec.ts' },
    { name: 'road', testMatch: 'road.spec.ts', dependencies: ['pages'] },
    {
      name: 'rest',
      testIgnore: ['pages.spec.ts', 'road.spec.ts', 'restart.spec.ts'],
      dependencies: ['road'],
    },
    { name: 'restart', testMatch: 'restart.spec.ts', dependencies: ['rest'] },
  ],
  use: {
    ...devices['Desktop Chrome'],
    // A recording of everything takes a third of the time of a run: only for looking into a failure.
    trace: process.env.TRACE === 'on' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    // Nobody watches: each frame of a movement is drawn by the processor.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
