import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { keepProduct } from './keep-product.mjs';
import { run } from './run.mjs';
import { step } from './steps.mjs';

const SOURCES = [
  'app',
  'components',
  'features',
  'lib',
  'server',
  'public',
  'middleware.ts',
  'instrumentation.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
  'scripts/lib/keep-product.mjs',
];

/** @param {import('node:crypto').Hash} hash @param {string} path */
function digest(hash, path) {
  if (!existsSync(path)) return;
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) digest(hash, join(path, name));
    return;
  }
  if (/\.test\.tsx?$/.test(path)) return;
  hash.update(path).update(readFileSync(path));
}

/** `next build`, unless the sources are those of the last build. @param {string} root */
export async function buildApp(root) {
  const hash = createHash('sha256');
  for (const name of SOURCES) digest(hash, join(root, name));
  const wanted = hash.digest('hex');
  const stamp = join(root, '.next', 'chakravue-build');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('build (next build)', async () => {
    rmSync(stamp, { force: true });
    // Most checkouts are built once, and to keep what the next build begins with takes a third of the time.
    const isFirst = !existsSync(join(root, '.next', 'BUILD_ID'));
    const env = /** @type {const} */ ({
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      KEEP_BUILD_CACHE: isFirst ? 'off' : 'on',
    });
    await run(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
      cwd: root,
      env,
      quiet: true,
    });
    const standalone = join(root, '.next/standalone');
    keepProduct(standalone);
    renameSync(join(standalone, 'server.js'), join(standalone, 'next-server.js'));
    cpSync(join(root, 'server/front/start.mjs'), join(standalone, 'server.js'));
    for (const part of readdirSync(join(root, 'server/front')))
      if (part.endsWith('.mjs') && part !== 'start.mjs')
        cpSync(join(root, 'server/front', part), join(standalone, part));
    // The standalone server serves what lies beside it.
    cpSync(join(root, '.next/static'), join(standalone, '.next/static'), { recursive: true });
    if (existsSync(join(root, 'public')))
      cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
    writeFileSync(stamp, wanted);
  });
}
