import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const files = ['features', 'lib', 'server']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
const workFiles = files.filter((file) => file.endsWith('/work.ts'));
const declaredIn = (file: string): string[] =>
  [...(/interface WorkPayloads \{(.*?)\n {2}\}/s.exec(read(file))?.[1] ?? '').matchAll(/'([a-z.-]+)':/g)].map(
    ([, name = '']) => name,
  );
const definedIn = (file: string): string[] =>
  [...read(file).matchAll(/defineWork\(\{\s*(?:\/\/[^\n]*\s*)?name: '([a-z.-]+)'/g)].map(
    ([, name = '']) => name,
  );

describe('work', () => {
  it('is found where it should be', () => {
    expect(workFiles.length).toBeGreaterThan(10);
    expect(workFiles.flatMap(definedIn)).toContain('organization.provision');
  });

  it.each(workFiles)('of %s is listed for the worker', (file) => {
    expect(read('server/jobs.ts')).toContain(`'@/${file.replace(/\.ts$/, '')}'`);
  });

  it.each(workFiles)('of %s has each of its names defined, and no other', (file) => {
    expect(definedIn(file).sort()).toEqual(declaredIn(file).sort());
    expect(declaredIn(file)).not.toEqual([]);
  });

  it('is defined nowhere else, and no name twice', () => {
    expect(files.filter((file) => !file.endsWith('/work.ts') && definedIn(file).length > 0)).toEqual([]);
    const names = workFiles.flatMap(definedIn);
    expect(names).toEqual([...new Set(names)]);
  });

  it('is steered by answers: no step throws what is no failure', () => {
    const steering = /throw new (NotReadyYet|NeedsOperator)\b|instanceof (NotReadyYet|NeedsOperator)\b/;
    const elsewhere = files.filter((file) => !file.startsWith('lib/provisioning/'));
    expect(elsewhere.filter((file) => steering.test(read(file)))).toEqual([]);
  });
});
