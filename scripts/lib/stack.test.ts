import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isUnfinished } from './stack.mjs';

let folder = '';
const own = process.env.MONGODB_URI;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unfinished-'));
  delete process.env.MONGODB_URI;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  if (own) process.env.MONGODB_URI = own;
  else delete process.env.MONGODB_URI;
});

it('begins again where the last start ended in the middle, and never with somebody else’s database', () => {
  expect(isUnfinished(folder)).toBe(false);
  writeFileSync(join(folder, 'unfinished'), '');
  expect(isUnfinished(folder)).toBe(true);
  process.env.MONGODB_URI = 'mongodb://db.example.com';
  expect(isUnfinished(folder)).toBe(false);
});
