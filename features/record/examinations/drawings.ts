import type { PaperDrawing } from '@/lib/paper';
import { EYE_LABEL, EYES, type Eye } from './eyes';

// Drawings of an eye as vectors: strokes, and stamps that carry their words; sealed with the assessment.

/** The side of each drawing; places are whole numbers on it. */
export const DRAWING_SIZE = 400;
export const MOST_MARKS = 150;
export const MOST_POINTS = 250;

export const INKS = { ink: 'Pencil', red: 'Red', blue: 'Blue', yellow: 'Yellow', green: 'Green' } as const;
export type Ink = keyof typeof INKS;
export const INK_IDS = Object.keys(INKS) as [Ink, ...Ink[]];

/** What is drawn on, and the usual findings of it, each with its ink. */
export const DRAWING_TEMPLATES = {
  lids: {
    label: 'Lids',
    stamps: {
      chalazion: ['Chalazion', 'red'],
      stye: ['Stye', 'red'],
      trichiasis: ['Trichiasis', 'ink'],
      mass: ['Mass', 'blue'],
    },
  },
  cornea: {
    label: 'Cornea, front',
    stamps: {
      ulcer: ['Ulcer', 'yellow'],
      infiltrate: ['Infiltrate', 'yellow'],
      scar: ['Scar', 'ink'],
      defect: ['Epithelial defect', 'green'],
      'foreign-body': ['Foreign body', 'blue'],
      precipitate: ['Keratic precipitate', 'ink'],
      vessel: ['Vessel', 'red'],
    },
  },
  section: {
    label: 'Cornea and chamber, section',
    stamps: {
      cells: ['Cells', 'red'],
      precipitate: ['Keratic precipitate', 'ink'],
      synechia: ['Synechia', 'ink'],
      thinning: ['Thinning', 'blue'],
    },
  },
  angle: {
    label: 'Gonioscopy',
    stamps: {
      closed: ['Closed', 'blue'],
      pas: ['PAS', 'ink'],
      pigment: ['Pigment', 'ink'],
      vessels: ['New vessels', 'red'],
      iridotomy: ['Iridotomy', 'green'],
    },
  },
  lens: {
    label: 'Lens',
    stamps: {
      cortical: ['Cortical spoke', 'ink'],
      posterior: ['Posterior subcapsular', 'ink'],
      nuclear: ['Nuclear sclerosis', 'yellow'],
      exfoliation: ['Pseudoexfoliation', 'blue'],
    },
  },
  fundus: {
    label: 'Fundus',
    stamps: {
      haemorrhage: ['Haemorrhage', 'red'],
      exudate: ['Exudate', 'yellow'],
      'cotton-wool': ['Cotton wool spot', 'blue'],
      drusen: ['Drusen', 'yellow'],
      'new-vessels': ['New vessels', 'red'],
      tear: ['Tear', 'blue'],
      lattice: ['Lattice', 'blue'],
      laser: ['Laser scar', 'green'],
      scar: ['Scar', 'ink'],
    },
  },
} as const satisfies Record<
  string,
  { label: string; stamps: Record<string, readonly [words: string, ink: Ink]> }
>;
export type DrawingTemplate = keyof typeof DRAWING_TEMPLATES;
export const DRAWING_TEMPLATE_IDS = Object.keys(DRAWING_TEMPLATES) as [DrawingTemplate, ...DrawingTemplate[]];

/** A line through points x, y, x, y ...; or a stamp at a place. */
export type Mark = { ink: Ink; stroke: number[] } | { stamp: string; x: number; y: number };
export type Drawings = Partial<Record<DrawingTemplate, Partial<Record<Eye, Mark[]>>>>;

export function stampOf(template: DrawingTemplate, stamp: string): readonly [string, Ink] | undefined {
  const stamps: Record<string, readonly [string, Ink]> = DRAWING_TEMPLATES[template].stamps;
  return Object.hasOwn(stamps, stamp) ? stamps[stamp] : undefined;
}

/** Of the right eye as the examiner sees it; the left one is its mirror image. */
export const DRAWING_OUTLINES: Record<DrawingTemplate, readonly string[]> = {
  lids: [
    'M30 210 Q200 60 370 210 Q200 330 30 210 Z',
    'M200 138 a66 66 0 1 0 0.1 0 Z',
    'M40 160 Q200 20 360 160',
    'M345 205 q18 2 25 8',
  ],
  cornea: ['M200 40 a160 160 0 1 0 0.1 0 Z', 'M200 145 a55 55 0 1 0 0.1 0 Z'],
  section: [
    'M120 40 Q330 200 120 360',
    'M140 75 Q290 200 140 325',
    'M140 75 L150 150 M140 325 L150 250',
    'M150 130 Q215 200 150 270 Q95 200 150 130 Z',
  ],
  angle: [
    'M200 30 a170 170 0 1 0 0.1 0 Z',
    'M200 60 a140 140 0 1 0 0.1 0 Z',
    'M200 90 a110 110 0 1 0 0.1 0 Z',
    'M200 160 a40 40 0 1 0 0.1 0 Z',
    'M80 80 L122 122 M320 80 L278 122 M80 320 L122 278 M320 320 L278 278',
  ],
  lens: ['M200 40 a160 160 0 1 0 0.1 0 Z', 'M200 90 a110 110 0 1 0 0.1 0 Z', 'M200 140 a60 60 0 1 0 0.1 0 Z'],
  fundus: [
    'M200 20 a180 180 0 1 0 0.1 0 Z',
    'M200 90 a110 110 0 1 0 0.1 0 Z',
    // Disc and cup, the macula, the arcades.
    'M262 174 a26 26 0 1 0 0.1 0 Z',
    'M262 188 a12 12 0 1 0 0.1 0 Z',
    'M262 176 Q220 90 110 110 M262 224 Q220 310 110 290',
    'M262 176 Q290 130 340 120 M262 224 Q290 270 340 280',
    'M178 196 l8 8 M186 196 l-8 8',
  ],
};

/** A line as the path of a picture. A tap is a dot: a line of no length has round ends. */
export function strokePath(points: readonly number[]): string {
  const pairs = points.flatMap((x, index) => (index % 2 === 0 ? [`${x} ${points[index + 1]}`] : []));
  const [first = '0 0'] = pairs;
  return `M${first} ${(pairs.length > 1 ? pairs.slice(1) : [first]).map((one) => `L${one}`).join(' ')}`;
}

/** "Cot woo spo": what stands beside a stamp. */
export const shortWords = (words: string): string =>
  words
    .split(' ')
    .map((one) => one.slice(0, 3))
    .join(' ');

/** Each drawing of an examination, as it stands on paper. */
export const drawnPictures = (all: Drawings): PaperDrawing[] =>
  DRAWING_TEMPLATE_IDS.flatMap((template) =>
    EYES.flatMap((eye) => {
      const marks = all[template]?.[eye] ?? [];
      if (marks.length === 0) return [];
      return {
        caption: drawingText(template, eye, marks),
        side: DRAWING_SIZE,
        outlines: DRAWING_OUTLINES[template],
        isMirrored: eye === 'left',
        marks: marks.map((mark) => {
          if ('stroke' in mark) return { ink: mark.ink, path: strokePath(mark.stroke) };
          const [words, ink] = stampOf(template, mark.stamp) ?? [mark.stamp, 'ink' as const];
          return { ink, x: mark.x, y: mark.y, text: shortWords(words) };
        }),
      };
    }),
  );

/** Nothing is kept of what nobody drew on. */
export function withoutEmpty(all: Drawings): Drawings {
  const kept: Drawings = {};
  for (const template of DRAWING_TEMPLATE_IDS) {
    const eyes = EYES.filter((eye) => (all[template]?.[eye]?.length ?? 0) > 0);
    if (eyes.length > 0) kept[template] = Object.fromEntries(eyes.map((eye) => [eye, all[template]?.[eye]]));
  }
  return kept;
}

/** Two points of a line closer than this say nothing that is seen. */
const NEAR = 4;

/** A line as it is kept: whole places within the drawing, none too near the last, never too many. */
export function thinned(points: readonly (readonly [number, number])[]): number[] {
  const held = (value: number) => Math.max(0, Math.min(DRAWING_SIZE, Math.round(value)));
  const kept: [number, number][] = [];
  for (const [x, y] of points) {
    const last = kept.at(-1);
    if (!last || Math.hypot(x - last[0], y - last[1]) >= NEAR) kept.push([held(x), held(y)]);
  }
  const step = Math.ceil(kept.length / MOST_POINTS);
  return kept
    .filter((_, index) => index % step === 0 || index === kept.length - 1)
    .slice(0, MOST_POINTS)
    .flat();
}

/** Whether one more mark would be too many. */
export const isFull = (of: readonly Mark[]): boolean => of.length >= MOST_MARKS;

/** "Fundus, right eye: haemorrhage ×3, laser scar": a drawing for those who cannot see it. */
export function drawingText(template: DrawingTemplate, eye: Eye, of: readonly Mark[]): string {
  const counts = new Map<string, number>();
  for (const one of of) {
    const words = 'stamp' in one ? stampOf(template, one.stamp)?.[0].toLowerCase() : undefined;
    if (words) counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const stamps = [...counts].map(([words, count]) => (count > 1 ? `${words} ×${count}` : words));
  const { label } = DRAWING_TEMPLATES[template];
  return `${label}, ${EYE_LABEL[eye].toLowerCase()} eye: ${stamps.length > 0 ? stamps.join(', ') : 'drawn by hand'}`;
}

/** Each drawing of an examination in words. */
export const drawingTexts = (all: Drawings): string[] =>
  DRAWING_TEMPLATE_IDS.flatMap((template) =>
    EYES.flatMap((eye) => {
      const of = all[template]?.[eye];
      return of ? [drawingText(template, eye, of)] : [];
    }),
  );
