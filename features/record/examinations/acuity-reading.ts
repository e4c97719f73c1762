import { ACUITIES, acuityText, type Notation } from './acuity';

/** What is said of an eye instead of a value on the scale; each is a value of its own, never a zero. */
export const ACUITY_WORDS = {
  'not-tested': 'Not tested',
  'could-not': 'Could not',
  'eye-absent': 'Eye absent',
  'fixes-follows': 'Fixes and follows',
  csm: 'Central, steady, maintained',
  csum: 'Central, steady, not maintained',
  cusum: 'Central, unsteady, not maintained',
  ucusum: 'Eccentric, unsteady, not maintained',
  'follows-light': 'Follows light',
  'blinks-light': 'Blinks to light',
  'no-fixation': 'Does not fix',
} as const;
export type AcuityWord = keyof typeof ACUITY_WORDS;

/**
 * A reading: its place on the scale of acuity.ts, and how it was said where the list has no line for that:
 * "6/9p", "20/40-2", "CF 1 m". Or a word.
 */
export type Acuity = { base: number; as?: string } | { word: AcuityWord };
export const isRead = (one: Acuity | undefined): one is { base: number; as?: string } =>
  one !== undefined && 'base' in one;

/** How people write each word. */
const WORDS: readonly [RegExp, AcuityWord][] = [
  [/^(nt|not tested|not done|nd)$/, 'not-tested'],
  [/^(could not|couldn.t|unable( to assess)?|ur|uta|cnt|not possible)$/, 'could-not'],
  [/^((un|non-?|not )co-?operative|refused)$/, 'could-not'],
  [/^(eye absent|absent|no eye|prosthesis|artificial( eye)?|enucleated|anophthalmos)$/, 'eye-absent'],
  [/^(fixes and follows|fix(es)? (&|and) follows?|ff|f&f|f\/f)$/, 'fixes-follows'],
  [/^(csm|central,? steady,? maintained)$/, 'csm'],
  [/^(csum|csnm|central,? steady,? (un|not )maintained)$/, 'csum'],
  [/^(cusum|cusnm|central,? unsteady,? (un|not )maintained)$/, 'cusum'],
  [/^(ucusum|ucusnm|(un|ec)central,? unsteady,? (un|not )maintained)$/, 'ucusum'],
  [/^(fl|follows (a )?light)$/, 'follows-light'],
  [/^(bl|blinks? to light)$/, 'blinks-light'],
  [/^(no fixation|does not fix|not fixing)$/, 'no-fixation'],
];

const PROBLEM = 'Write an acuity such as 6/9, 6/12p, 20/40, CF 1 m, HM, PL or NPL.';
/** What people write in words or in another order, and how it is written here. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/[\\\u2044\u2215\uff0f]/g, '/'],
  [/\s+/g, ' '],
  [/(\d),(?=\d)/g, '$1.'],
  [/ ?\( ?(p|partial|[+-] ?\d) ?\)$/, '$1'],
  [/\b(?:count(?:s|ing)? fingers?|fingers? count(?:ing)?)\b/, 'cf'],
  [/\bhand (?:movements?|motions?)\b/, 'hm'],
  [/^(?:fc|cf) ?cf$/, 'cfcf'],
  [/^hm ?cf$/, 'hmcf'],
  [/^(cf|hm) ?(?:\+|\+ve|positive|present)$/, '$1'],
  [/\bhalf (?=m)/, '0.5 '],
  [/^no (?:perception of light|light perception)$/, 'npl'],
  [/^(?:perception of light|light perception)\b/, 'pl'],
  [/\bproj\b/, 'projection'],
  [/^(pl|lp) (?:present|positive)$/, '$1+'],
  [/^(pl|lp) with projection$/, '$1 pr+'],
  [/^(pl|lp) (?:without|w\/o) projection$/, '$1 pr-'],
  [/^(logmar|decimal|letters|etdrs) (\S+)$/, '$2 $1'],
];
/** Letters of a line that is read in part: "6/9p". */
const PARTIAL_LETTERS = 2;
const MOST_LETTERS = 5;
const BEST = 135;
const WORST = 8;

/** The base of a Snellen fraction: of the list where a line is in it, computed otherwise. */
function baseOfFraction(distance: number, letter: number): number {
  const listed = ACUITIES.find(({ metres, feet }) =>
    [metres, feet].some((line) => line === `${distance}/${letter}`),
  );
  return listed?.base ?? Math.round(110 + 50 * Math.log10(distance / letter));
}

const QUADRANTS = { s: 'superior', n: 'nasal', i: 'inferior', t: 'temporal' } as const;

const NO_LIGHT_OR_NO_PROJECTION =
  'Write NPL when light is not seen, or “PL, projection in no quadrant” when it is seen and not where from.';

/** Light: with the quadrants from which it is told, where that was tried. "PL-" may mean none at all. */
function readLight(text: string): Acuity | { problem: string } | null {
  const match = /^(?:pl|lp)(?:(?: ?\+)?[ ,]*(projection|pr)|[ ,:]*)[ :]*(.*)$/.exec(text);
  if (!match) return null;
  const isProjection = match[1] !== undefined;
  const rest = (match[2] ?? '').trim();
  if (!isProjection && /^(|\+|\+ve|good)$/.test(rest)) return { base: 2 };
  if (!isProjection && /^(-|-ve|negative|absent|none|no|bad)$/.test(rest))
    return { problem: NO_LIGHT_OR_NO_PROJECTION };
  if (/^(\+|\+ve|acc(urate)?|good|all|full|\+? ?(in )?all( 4| four)? quadrants)?$/.test(rest))
    return { base: 2, as: 'PL, projection in all quadrants' };
  if (/^(-|inaccurate|none|bad|in no quadrant)$/.test(rest))
    return { base: 2, as: 'PL, projection in no quadrant' };
  const parts = rest.split(/[\s,+]+/).filter(Boolean);
  const named = Object.entries(QUADRANTS).filter(([key, name]) =>
    parts.some((one) => one === key || one === name),
  );
  if (named.length === 0 || named.length !== parts.length) return null;
  return { base: 2, as: `PL, projection ${named.map(([, name]) => name).join(', ')}` };
}

/** Counting fingers and hand movements, with the distance where it was said. */
function readNear(text: string): Acuity | null {
  const match = /^(cfcf|hmcf|cf|fc|hm)[ @]*(?:at )?(.*)$/.exec(text);
  if (!match) return null;
  const isFingers = match[1] !== 'hm' && match[1] !== 'hmcf';
  const [base, name] = isFingers ? [4, 'CF'] : [3, 'HM'];
  const rest = (match[2] ?? '').trim();
  if (match[1] === 'cfcf' || match[1] === 'hmcf' || /^(close( to face)?|face)$/.test(rest))
    return { base, as: `${name} close to face` };
  if (rest === '') return { base };
  const distance = /^(\d+(?:\.\d+)?|½|1\/2) ?(m|mts?|mtrs?|metres?|meters?|ft|feet|cm)?$/.exec(rest);
  if (!distance) return null;
  const size = distance[1] === '½' || distance[1] === '1/2' ? '0.5' : distance[1];
  const unit =
    distance[2] === undefined
      ? 'm'
      : /^(ft|feet)$/.test(distance[2])
        ? 'ft'
        : distance[2] === 'cm'
          ? 'cm'
          : 'm';
  return { base, as: `${name} ${Number(size)} ${unit}` };
}

function readFraction(text: string): Acuity | { problem: string } | null {
  const match =
    /^(\d{1,2}(?:\.\d)?) ?\/ ?(\d{1,4}(?:\.\d)?) ?(m|ft)? ?(pt?|ptl|part|partial|partly|[+-] ?\d)?$/.exec(
      text,
    );
  if (!match) return null;
  const [distance, letter] = [Number(match[1]), Number(match[2])];
  if (distance === 0 || letter === 0) return { problem: PROBLEM };
  const line = baseOfFraction(distance, letter);
  const suffix = match[4]?.replace(' ', '');
  const letters = suffix === undefined ? 0 : /^p/.test(suffix) ? -PARTIAL_LETTERS : Number(suffix);
  if (Math.abs(letters) > MOST_LETTERS)
    return { problem: `Write at most ${MOST_LETTERS} letters more or less.` };
  const base = line + letters;
  if (base > BEST || base < WORST) return { problem: PROBLEM };
  const isListed = ACUITIES.some(({ metres, feet }) =>
    [metres, feet].some((one) => one === `${distance}/${letter}`),
  );
  if (isListed && suffix === undefined && line !== 4) return { base };
  const shown = suffix === undefined ? '' : /^p/.test(suffix) ? 'p' : suffix;
  return { base, as: `${distance}/${letter}${shown}` };
}

/** logMAR, decimal and ETDRS letters must be named: 0.5 is one line as a decimal and another as logMAR. */
function readNumber(text: string): Acuity | { problem: string } | null {
  const match = /^([+-]?\d*\.?\d+) ?(logmar|lm|decimal|dec|letters|etdrs)?$/.exec(text);
  if (!match) return null;
  const value = Number(match[1]);
  const shown = match[1]?.replace('+', '') ?? '';
  if (match[2] === undefined)
    return { problem: `Write ${shown} logMAR, ${shown} decimal or a fraction such as 6/9.` };
  const [base, as] =
    match[2] === 'logmar' || match[2] === 'lm'
      ? [Math.round(110 - 50 * value), `${value.toFixed(2)} logMAR`]
      : match[2] === 'letters' || match[2] === 'etdrs'
        ? [Math.round(value) + 25, `${Math.round(value)} letters`]
        : [value > 0 ? Math.round(110 + 50 * Math.log10(value)) : 0, `${value} decimal`];
  return base > BEST || base < WORST ? { problem: PROBLEM } : { base, as };
}

/** Charts of children; which one it was is part of the reading, because they are not the same test. */
const CHARTS = ['Cardiff', 'Kay', 'Lea', 'HOTV', 'Allen', 'Tumbling E'] as const;
const ON_CHART = new RegExp(`^(?:(${CHARTS.join('|')})[ ,:]+(.+)|(.+?)[ ,]+(${CHARTS.join('|')}))$`, 'i');

/** A line of a chart for children: "6/12 Lea", "Kay 6/9". */
function readOnChart(text: string): Acuity | { problem: string } | null {
  const match = ON_CHART.exec(text);
  const named = (match?.[1] ?? match?.[4])?.toLowerCase();
  const chart = CHARTS.find((one) => one.toLowerCase() === named);
  if (!match || !chart) return null;
  const line = (match[2] ?? match[3] ?? '').trim();
  const read = readFraction(line) ?? readNumber(line) ?? { problem: PROBLEM };
  if (!('base' in read)) return read;
  return { base: read.base, as: `${read.as ?? acuityText(read.base, 'metres')} ${chart}` };
}

/** An acuity as people type it: a line or part of one, fingers, light; or the sentence that helps. */
export function readAcuity(typed: string): Acuity | { problem: string } {
  const text = PHRASES.reduce((so, [phrase, word]) => so.replace(phrase, word), typed.trim().toLowerCase());
  const label = Object.entries(ACUITY_WORDS).find(([, name]) => name.toLowerCase() === text)?.[0];
  const word = label ?? WORDS.find(([pattern]) => pattern.test(text))?.[1];
  if (word) return { word: word as AcuityWord };
  if (/^(npl|nlp|nil pl|no pl|no light|no light perception)$/.test(text)) return { base: 1 };
  return (
    readOnChart(text) ??
    readLight(text) ??
    readNear(text) ??
    readFraction(text) ??
    readNumber(text) ?? { problem: PROBLEM }
  );
}

/** A fraction in the other notation: of the list where a line is in it, scaled otherwise. */
function converted(as: string, notation: Notation): string {
  const match = /^(\d+(?:\.\d)?)\/(\d+(?:\.\d)?)(.*)$/.exec(as);
  if (!match) return as;
  const [distance, letter, suffix] = [Number(match[1]), Number(match[2]), match[3] ?? ''];
  if (distance >= 10 === (notation === 'feet')) return as;
  const line = ACUITIES.find(({ metres, feet }) =>
    [metres, feet].some((one) => one === `${distance}/${letter}`),
  );
  if (line) return `${line[notation]}${suffix}`;
  const scaled =
    notation === 'feet' ? Math.round((letter * 20) / distance) : Math.round((letter * 60) / distance) / 10;
  return `${notation === 'feet' ? 20 : 6}/${scaled}${suffix}`;
}

/** An acuity in the notation of the house; as it was said where that is more than a line. */
export function acuityShown(one: Acuity, notation: Notation): string {
  if (!isRead(one)) return ACUITY_WORDS[one.word];
  if (one.as === undefined) return acuityText(one.base, notation);
  const text = converted(one.as, notation);
  return notation === 'feet' ? text.replace(/^PL/, 'LP') : text;
}

/** What a box proposes, the best first: the lines of the house, what is below the chart, and the words. */
export const acuityChoices = (notation: Notation): string[] => [
  ...ACUITIES.map((one) => one[notation]),
  ...['CF 3 m', 'CF 1 m', 'CF close to face', 'PL, projection in all quadrants'],
  ...Object.values(ACUITY_WORDS),
  ...CHARTS.flatMap((chart) =>
    ACUITIES.filter(({ base }) => base >= 71 && base <= 110).map((one) => `${one[notation]} ${chart}`),
  ),
];
