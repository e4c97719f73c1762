import { describe, expect, it } from 'vitest';
import { PLATFORM, paths } from '@/lib/paths';

const routes = Object.keys(import.meta.glob(['/app/**/page.tsx', '/app/**/route.ts'])).map((file) =>
  file
    .replace(/^\/app/, '')
    .replace(/\/(page\.tsx|route\.ts)$/, '')
    .replace(/\/\([^)]*\)/g, ''),
);
const sources = import.meta.glob<string>(
  [
    '/app/**/*.{ts,tsx}',
    '/components/**/*.{ts,tsx}',
    '/features/**/*.{ts,tsx}',
    '/lib/**/*.ts',
    '/server/**/*.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);

/** `/patients/[patientId]/edit` answers `/patients/x/edit`; `[...rest]` any number of segments. */
const answers = (route: string, address: string): boolean => {
  const pattern = route.replace(/\[\.\.\.[^\]]+\]/g, '.+').replace(/\[[^\]]+\]/g, '[^/]+');
  return new RegExp(`^${pattern || '/'}$`).test(address);
};
const leadsSomewhere = (address: string): boolean => {
  const [bare = ''] = address.split('?');
  return routes.some((route) => answers(route, bare));
};

const FIRST = new Set(routes.map((route) => route.split('/')[1] ?? '').filter(Boolean));
/** Address literals of the product in a source text; what a page says of itself to the framework is none. */
const literals = (text: string): string[] =>
  [
    ...text
      .replace(/PageProps<'[^']*'>|LayoutProps<'[^']*'>|\/\*[\s\S]*?\*\//g, '')
      .matchAll(/['"`](\/[a-z][\w/-]*)/g),
  ]
    .map(([, address]) => address as string)
    .filter((address) => FIRST.has(address.split('/')[1] ?? ''))
    .filter((address) => !address.startsWith('/api/atlas/'));

describe('addresses', () => {
  const entries = [...Object.entries(paths), ...Object.entries(PLATFORM)];

  it.each(entries)('%s leads to a page or a route', (_name, value) => {
    expect(leadsSomewhere(typeof value === 'string' ? value : value('abc'))).toBe(true);
  });

  it('would notice one that leads nowhere', () => {
    expect(leadsSomewhere('/patients/abc')).toBe(true);
    expect(leadsSomewhere('/patientz')).toBe(false);
  });

  it('are written in lib/paths.ts alone', () => {
    const written = Object.entries(sources)
      .filter(([file]) => !/\.test\.tsx?$/.test(file) && file !== '/lib/paths.ts')
      .flatMap(([file, text]) => literals(text).map((address) => `${file}: ${address}`));
    expect(written).toEqual([]);
  });

  it('are found where somebody writes one', () => {
    expect(literals("<Link href='/patients/new'>")).toEqual(['/patients/new']);
    expect(literals('`/visits/$' + '{id}`')).toEqual(['/visits/']);
    expect(literals("PageProps<'/visits/[visitId]'>")).toEqual([]);
  });
});
