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
