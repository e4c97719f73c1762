import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { keepProduct } from './keep-product.mjs';

it('leaves of a build in a checkout what the server needs, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chakravue-build-'));
  const product = [
    '.next/server/app.js',
    'lib/mail/parse-mail.cjs',
    // Whatever the thread that draws loads: one that is missing is found by who uploads such a file.
    ...readdirSync('lib/pictures')
      .filter((name) => name.endsWith('.cjs'))
      .map((name) => `lib/pictures/${name}`),
    'node_modules/next/package.json',
    'package.json',
    'public/icon.svg',
    'server.js',
  ];
  const rest = [
    '.git/HEAD',
    '.env',
    '.data/demo.json',
    'dev/seed/seed.ts',
    'lib/mail/send.ts',
    'lib/pictures/dicom.ts',
    'lib/env.ts',
    'libs',
  ];
  for (const path of [...product, ...rest]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), 'x');
  }
  keepProduct(folder);
  const left = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  expect(left.sort()).toEqual(product.sort());
  rmSync(folder, { recursive: true });
});
