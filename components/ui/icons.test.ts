import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { iconNames, makeSheet, readSheet } from '@/scripts/icons.mjs';

const sources = ['app', 'components', 'features'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`)
    .filter((file) => file !== 'components/ui/icon-name.ts')
    .map((file) => ({ file, text: readFileSync(file, 'utf8') })),
);

it('has the sheet that its names make: `npm run icons`', async () => {
  expect(iconNames().length).toBeGreaterThan(100);
  expect(readSheet()).toBe(await makeSheet());
});

it('names no drawing that nothing shows', () => {
  const text = sources.map((one) => one.text).join('\n');
  expect(iconNames().filter((name) => !new RegExp(`['"]${name}['"]`).test(text))).toEqual([]);
});

it('is the only way to an icon', () => {
  const others = sources.filter(({ text }) => /^import .* from 'lucide-react/m.test(text));
  expect(others.map(({ file }) => file)).toEqual([]);
});
