// `npm run scan`: the whole stack on free ports, looked at from outside by wapiti, signed out and signed in.
// Ends with 1 when it finds anything above informational. Needs `wapiti` (Debian: apt-get install wapiti).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from './lib/build.mjs';
import { freePortBlock } from './lib/ports.mjs';
import { cookieOf } from './lib/sign-in.mjs';
import { startStack } from './lib/stack.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (spawnSync('wapiti', ['--version']).error) {
  process.stdout.write(
    'wapiti is not installed, so nothing was scanned. On Debian: apt-get install wapiti\n',
  );
  process.exit(2);
}
/** What it says of this stack that is right as it is. */
const EXPECTED = new Set([
  // Browsers have given it up, and OWASP advises against it: the policy does its work.
  'X-XSS-Protection is not set',
  // Sent once the address is https (tests/architecture/web.test.ts); the stack of the scan speaks http.
  'Strict-Transport-Security is not set',
]);
const SECONDS = process.env.SCAN_SECONDS ?? '240';
const temporary = mkdtempSync(join(tmpdir(), 'chakravue-scan-'));
process.env.RATE_LIMIT_SCALE ??= '1000';

/** @param {string} name @param {string} app @param {string} report the file it writes */
const wapitiArgs = (name, app, report) => [
  ...['-u', `${app}/`],
  // Debian's 3.0.4 falls over a form without an address in its wider scopes.
  ...['--scope', 'folder'],
  // It says that it takes brotli, and cannot read it where Python has no module for it.
  ...['-H', 'Accept-Encoding: gzip, deflate'],
  ...['-f', 'json', '-o', report, '--flush-session', '-v', '0'],
  ...['--max-scan-time', SECONDS, '--max-attack-time', '60', '-d', '4', '--no-bugreport'],
  ...['--store-session', join(temporary, name), '--store-config', join(temporary, 'config')],
  ...['-m', 'common,cookieflags,csp,http_headers,redirect,crlf,file,exec,sql,xss,methods,backup'],
];

/** @typedef {{ method: string, path: string, info: string }} Finding */
/** @typedef {Record<string, Finding[]>} Findings by kind */

/**
 * What a report says, without what is right as it is.
 * @param {string} report
 * @returns {string[]} a line each
 */
function findingsIn(report) {
  /** @type {{ vulnerabilities: Findings, anomalies: Findings }} */
  const { vulnerabilities, anomalies } = JSON.parse(readFileSync(report, 'utf8'));
  return [vulnerabilities, anomalies].flatMap((group) =>
    Object.entries(group).flatMap(([kind, list]) =>
      list
        .filter(({ info }) => !EXPECTED.has(info))
        .map(({ method, path, info }) => `${kind}: ${method} ${path} (${info})`),
    ),
  );
}

/**
 * @param {string} name of this scan @param {string} app @param {string | null} cookie of a session
 * @returns how much was found above informational
 */
function scan(name, app, cookie) {
  const report = join(temporary, `${name}.json`);
  const args = wapitiArgs(name, app, report);
  if (cookie) args.push('-H', `Cookie: ${cookie}`);
  process.stdout.write(`- wapiti, ${name}\n`);
  const run = spawnSync('wapiti', args, { encoding: 'utf8', timeout: (Number(SECONDS) + 300) * 1_000 });
  if (!existsSync(report))
    throw new Error(`wapiti wrote no report: ${run.stdout.slice(-800)} ${run.stderr.slice(-800)}`);
  const found = findingsIn(report);
  const [, seen = 'no'] = /found (\d+) URLs and forms/.exec(run.stdout) ?? [];
  process.stdout.write(`  ${seen} addresses and forms, ${found.length} findings above informational\n`);
  // A scan that got no further than the first page has shown nothing.
  if (!(Number(seen) > 10)) return found.length + 1;
  for (const line of found.slice(0, 40)) process.stdout.write(`  ${line}\n`);
  return found.length;
}

let stop = async () => {};
let findings = 0;
try {
  await buildApp(root);
  const stack = await startStack({
    root,
    dataDir: join(temporary, 'stack'),
    port: await freePortBlock(),
    logLevel: 'warn',
    onStart: (end) => {
      stop = end;
    },
  });
  const owner = stack.accounts.find(({ role }) => role === 'owner');
  if (!owner) throw new Error('The demonstration data has no owner.');
  findings += scan('signed out', stack.app, null);
  findings += scan('signed in', stack.app, await cookieOf(stack.app, owner));
  const log = readFileSync(join(temporary, 'stack/logs/app.log'), 'utf8');
  const bugs = log.split('\n').filter((line) => /unexpected error|"level":50/.test(line));
  process.stdout.write(`  ${bugs.length} unexpected errors in the log of the app\n`);
  for (const line of bugs.slice(0, 5)) process.stdout.write(`  ${line.slice(0, 400)}\n`);
  findings += bugs.length;
} finally {
  await stop();
  rmSync(temporary, { recursive: true, force: true });
}
process.exit(findings > 0 ? 1 : 0);
