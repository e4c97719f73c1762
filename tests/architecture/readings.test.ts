import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// What a careful reader of the code would say, said by a test.
const root = fileURLToPath(new URL('../..', import.meta.url));
const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx', '*.mjs'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && !file.endsWith('.d.ts'));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Where both ways of a branch end in the same statement. */
const sameBranches = (text: string): string[] =>
  [...text.matchAll(/if \(.*\)\s*\{?\s*((?:return|throw)[^;]*;)\s*\}?\s*(?:else\s*)?\{?\s*\1/g)].map(
    ([all]) => all,
  );

/** Expectations that hold whatever the code does: of a clock that was read, or of a literal. */
function emptyExpectations(text: string): string[] {
  const clocks = [...text.matchAll(/const (\w+) = (?:await )?(?:Date\.now|performance\.now)\(\)/g)];
  const names = clocks.map(([, name]) => name).join('|') || '(?!)';
  const said = new RegExp(
    `expect\\((?:${names})\\)\\.to(?:BeGreaterThan|BeTruthy|BeDefined)|expect\\((?:true|false|\\d+|'[^']*')\\)\\.`,
    'g',
  );
  return [...text.matchAll(said)].map(([all]) => all);
}

describe('a branch', () => {
  it('is not the same on both sides', () => {
    const doubled = 'if (isLost(error)) return failResponse(error);\n    return failResponse(error);';
    expect(sameBranches(doubled)).toHaveLength(1);
    expect(files.filter((file) => sameBranches(read(file)).length > 0)).toEqual([]);
  });
});

describe('an expectation', () => {
  it('is of the product, not of a clock or of a literal', () => {
    const ofClock = 'const started = Date.now();\nexpect(started).toBeGreaterThan(0);';
    expect(emptyExpectations(ofClock)).toHaveLength(1);
    const tests = files.filter(
      (file) => /\.(test|spec)\.ts$/.test(file) && !file.endsWith('readings.test.ts'),
    );
    expect(tests.filter((file) => emptyExpectations(read(file)).length > 0)).toEqual([]);
  });
});

describe('a service', () => {
  it('of more than 250 lines is a folder with a verb per file', () => {
    const services = files.filter((file) => /^features\/.*\/service(\.ts|\/[\w-]+\.ts)$/.test(file));
    const long = services.filter((file) => read(file).split('\n').length > 251);
    expect(long).toEqual([]);
  });
});
