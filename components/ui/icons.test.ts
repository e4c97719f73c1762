import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { iconNames, makeSheet, readSheet } from '@/scripts/icons.mjs';

it('has the sheet that its names make: `npm run icons`', async () => {
  expect(iconNames().length).toBeGreaterThan(100);
  expect(readSheet()).toBe(await makeSheet());
});

it('is the only way to an icon', () => {
  const others = ['app', 'components', 'features'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => `${folder}/${file}`)
      .filter((file) => /^import .* from 'lucide-react/m.test(readFileSync(file, 'utf8'))),
  );
  expect(others).toEqual([]);
});
