import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { writeSbom } from './sbom.mjs';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('says how to heal a folder in which something else is installed than the lock file says', () => {
  const root = mkdtempSync(join(tmpdir(), 'sbom-'));
  folders.push(root);
  const dependencies = { 'is-not-installed': '1.0.0' };
  const own = { name: 'hospital', version: '1.0.0', dependencies };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ ...own, private: true }));
  const packages = { '': own, 'node_modules/is-not-installed': { version: '1.0.0' } };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ ...own, lockfileVersion: 3, packages }));
  expect(() => writeSbom(root)).toThrow(/run `npm ci`, and then this again/);
});
