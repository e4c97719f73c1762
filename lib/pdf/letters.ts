import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openShaper, type Shaper, unpackWoff } from './shaping';

/*
 * Noto Sans comes as one small file per script. A line is cut into pieces that one file can print each; what
 * none of them has is printed as an empty box and told, never left out.
 */
const FONTS = join(process.cwd(), 'node_modules/@fontsource');
/** Packages of a script each, beside the one that has Latin, Cyrillic, Greek and Devanagari. */
const SCRIPTS = ['telugu', 'tamil', 'kannada', 'malayalam', 'bengali', 'gujarati', 'gurmukhi', 'oriya'];
const WEIGHTS = ['400', '600'] as const;
export type Weight = (typeof WEIGHTS)[number];

type Script = { name: string; ranges: readonly (readonly [number, number])[] };
export type Letters = {
  scripts: readonly Script[];
  files: ReadonlyMap<string, Buffer>;
  shapers: ReadonlyMap<string, Shaper>;
};

const parseRanges = (text: string): [number, number][] =>
  text.split(',').map((part) => {
    const [from = '', to = from] = part.trim().replace('U+', '').split('-');
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
  });

let loading: Promise<Letters> | undefined;

/** The fonts, read once per process. */
export function loadLetters(): Promise<Letters> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

const rangesOf = async (family: string): Promise<Record<string, string>> =>
  JSON.parse(await readFile(join(FONTS, family, 'unicode.json'), 'utf8'));

async function load(): Promise<Letters> {
  const own = await rangesOf('noto-sans');
  // Latin first: most text is, and spaces and digits stay with it.
  const names = ['latin', ...Object.keys(own).filter((name) => name !== 'latin')];
  const places = [
    ...names.map((name) => ({ family: 'noto-sans', name, ranges: own[name] ?? '' })),
    ...(await Promise.all(
      SCRIPTS.map(async (name) => {
        const family = `noto-sans-${name}`;
        return { family, name, ranges: (await rangesOf(family))[name] ?? '' };
      }),
    )),
  ];
  const files = new Map<string, Buffer>();
  const shapers = new Map<string, Shaper>();
  for (const { family, name } of places)
    for (const weight of WEIGHTS) {
      const packed = await readFile(join(FONTS, family, 'files', `${family}-${name}-${weight}-normal.woff`));
      // pdfkit would unpack it again for each paper, without the help of zlib.
      const file = unpackWoff(packed);
      files.set(`${name}-${weight}`, file);
      shapers.set(`${name}-${weight}`, await openShaper(file));
    }
  return {
    scripts: places.map(({ name, ranges }) => ({ name, ranges: parseRanges(ranges) })),
    files,
    shapers,
  };
}

export type Piece = { text: string; script: string };

/** The pieces of a line by script. `unknown` letters belong to no file. */
export function piecesOf(line: string, scripts: readonly Script[]): { pieces: Piece[]; hasUnknown: boolean } {
  const pieces: Piece[] = [];
  let hasUnknown = false;
  for (const letter of line.normalize('NFC')) {
    const code = letter.codePointAt(0) ?? 0;
    const last = pieces.at(-1);
    const own = scripts.filter(({ ranges }) => ranges.some(([from, to]) => code >= from && code <= to));
    // A sign that several files have stays with its neighbour, so that marks sit on their letters.
    const script = own.find(({ name }) => name === last?.script) ?? own[0];
    if (!script) hasUnknown = true;
    const name = script?.name ?? 'latin';
    const text = script ? letter : '\u25a1';
    if (last?.script === name) last.text += text;
    else pieces.push({ text, script: name });
  }
  return { pieces, hasUnknown };
}
