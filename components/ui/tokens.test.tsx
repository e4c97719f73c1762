import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const css = readFileSync(fileURLToPath(new URL('../../app/globals.css', import.meta.url)), 'utf8');

type Tokens = Record<string, string>;

function tokensOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

const light = tokensOf(':root');
const darkBySystem = tokensOf('html:not([data-theme="light"])');
const darkByChoice = tokensOf('html[data-theme="dark"]');

const channels = (hex: string) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
const mix = (front: string, back: string, share: number) =>
  `#${channels(front)
    .map((value, index) =>
      Math.round(value * share + (channels(back)[index] ?? 0) * (1 - share))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2 contrast of two `#rrggbb` colours. */
function contrast(first: string, second: string): number {
  const [high = 0, low = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const TONES = ['accent', 'danger', 'warning', 'success', 'info'];
const SURFACES = ['surface', 'surface-raised', 'surface-sunken', 'surface-hover'];
const STATIONS = ['reception', 'optometry', 'dilation', 'doctor', 'pharmacy'].map(
  (name) => `station-${name}`,
);

describe('the tokens', () => {
  it('are the same dark ones, by the system and by choice', () => {
    expect(Object.keys(darkBySystem).length).toBeGreaterThan(30);
    expect(darkByChoice).toEqual(darkBySystem);
  });

  it('name nothing in the dark that the light does not have', () => {
    expect(Object.keys(darkBySystem).filter((name) => !(name in light))).toEqual([]);
  });

  it.each([
    ['light', light, 0.12],
    ['dark', darkBySystem, 0.18],
  ])('are readable in %s: text 4.5, outlines and charts 3', (_mode, tokens, soft) => {
    const of = (name: string) => tokens[name] ?? '#000000';
    const pairs: [what: string, front: string, back: string, least: number][] = [
      ...['text', 'text-muted', 'text-subtle', ...TONES].flatMap((front) =>
        SURFACES.map((back): [string, string, string, number] => [
          `${front} on ${back}`,
          of(front),
          of(back),
          4.5,
        ]),
      ),
      ...TONES.flatMap((tone) =>
        [tone, 'text', 'text-muted'].map((front): [string, string, string, number] => [
          `${front} on ${tone}-soft`,
          of(front),
          of(`${tone}-soft`),
          4.5,
        ]),
      ),
      ['accent-text on accent', of('accent-text'), of('accent'), 4.5],
      ['accent-text on accent-hover', of('accent-text'), of('accent-hover'), 4.5],
      ['danger-text on danger', of('danger-text'), of('danger'), 4.5],
      ['danger-text on danger-hover', of('danger-text'), of('danger-hover'), 4.5],
      ...STATIONS.flatMap((station): [string, string, string, number][] => [
        [`${station} on surface-raised`, of(station), of('surface-raised'), 4.5],
        [`${station} on its soft`, of(station), mix(of(station), of('surface-raised'), soft), 4.5],
      ]),
      ...['border-strong', 'ring', 'chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5'].flatMap((front) =>
        ['surface', 'surface-raised', 'surface-sunken'].map((back): [string, string, string, number] => [
          `${front} on ${back}`,
          of(front),
          of(back),
          3,
        ]),
      ),
    ];
    expect(
      pairs.filter(([, front, back, least]) => contrast(front, back) < least).map(([what]) => what),
    ).toEqual([]);
  });
});
