import type { Eye, Side } from '@/features/record/examinations/policy';
import { between, byShare, oneOf, type Random } from './chance';

export type StoryKind =
  | 'lenses'
  | 'child'
  | 'squint'
  | 'red'
  | 'dry'
  | 'cataract'
  | 'glaucoma'
  | 'diabetic'
  | 'pterygium'
  | 'macula'
  | 'foreign-body'
  | 'ulcer'
  | 'lid'
  | 'after-cataract'
  | 'normal';

type Eyes = Record<Eye, number>;
type Lens = { sphere: number; cylinder: number; axis: number };

/** What a person has, how far it has gone, and what would be measured now. */
export type Story = {
  kind: StoryKind;
  side: Side;
  age: number;
  /** Visits so far. */
  seen: number;
  isOperated: boolean;
  /** With the best lens: a place in ACUITIES, the best first. */
  sees: Eyes;
  /** In quarter dioptres. */
  lens: Record<Eye, Lens>;
  /** Of both eyes, in half millimetres. */
  pupils: number;
  mmHg: Eyes;
  /** Corneal thickness and central macula in micrometres. */
  thickness: Eyes;
  macula: Eyes;
  /** Cup of the disc in tenths; nerve fibres in micrometres; mean deviation in hundredths of a decibel. */
  cup: Eyes;
  fibres: Eyes;
  field: Eyes;
};

type Chance = { kind: StoryKind; share: number };
/** What new patients come with, by age: of an eye hospital in the south of India. */
const BY_AGE: readonly { until: number; kinds: readonly Chance[] }[] = [
  {
    until: 16,
    kinds: [
      { kind: 'child', share: 5 },
      { kind: 'squint', share: 1.5 },
      { kind: 'red', share: 3 },
      { kind: 'lid', share: 0.7 },
      { kind: 'normal', share: 1 },
    ],
  },
  {
    until: 40,
    kinds: [
      { kind: 'lenses', share: 6 },
      { kind: 'red', share: 3 },
      { kind: 'dry', share: 2 },
      { kind: 'foreign-body', share: 1.2 },
      { kind: 'lid', share: 1 },
      { kind: 'pterygium', share: 0.7 },
      { kind: 'ulcer', share: 0.4 },
      { kind: 'normal', share: 1 },
    ],
  },
  {
    until: 58,
    kinds: [
      { kind: 'lenses', share: 6 },
      { kind: 'dry', share: 2 },
      { kind: 'red', share: 1.3 },
      { kind: 'diabetic', share: 1.6 },
      { kind: 'glaucoma', share: 1.1 },
      { kind: 'cataract', share: 1.2 },
      { kind: 'pterygium', share: 1 },
      { kind: 'foreign-body', share: 0.7 },
      { kind: 'ulcer', share: 0.3 },
      { kind: 'normal', share: 0.5 },
    ],
  },
  {
    until: 200,
    kinds: [
      { kind: 'cataract', share: 7 },
      { kind: 'lenses', share: 2 },
      { kind: 'diabetic', share: 2 },
      { kind: 'glaucoma', share: 1.7 },
      { kind: 'dry', share: 1.4 },
      { kind: 'macula', share: 1 },
      { kind: 'after-cataract', share: 0.9 },
      { kind: 'red', share: 0.4 },
    ],
  },
];

const BOTH: ReadonlySet<StoryKind> = new Set(['lenses', 'child', 'dry', 'glaucoma', 'normal', 'macula']);
const isOn = (side: Side, eye: Eye): boolean => side === 'both' || side === eye;

const eyesOf = (of: (eye: Eye) => number): Eyes => ({ right: of('right'), left: of('left') });

function lensOf(kind: StoryKind, random: Random): Lens {
  const cylinder = random() < 0.55 ? -between(random, 1, 6) : 0;
  const sphere =
    kind === 'child' || (kind === 'lenses' && random() < 0.6)
      ? -between(random, 3, 14)
      : kind === 'squint'
        ? between(random, 6, 18)
        : between(random, -4, 8);
  return { sphere, cylinder, axis: oneOf(random, [90, 180, 10, 170, 85, 95, 45, 135, 80, 100]) };
}

/** How well an eye sees that has it: places in ACUITIES. */
const WORSE: Partial<Record<StoryKind, readonly [least: number, most: number]>> = {
  cataract: [7, 11],
  'after-cataract': [6, 8],
  diabetic: [6, 9],
  macula: [6, 10],
  glaucoma: [3, 5],
  squint: [7, 9],
  ulcer: [8, 12],
  pterygium: [4, 6],
  'foreign-body': [4, 6],
};

/** What somebody of an age comes with for the first time. */
export function storyOf(age: number, random: Random): Story {
  const { kinds } = BY_AGE.find(({ until }) => age < until) ?? BY_AGE[0] ?? { kinds: [] };
  const { kind } = byShare(random, kinds);
  const side: Side = BOTH.has(kind) ? 'both' : oneOf(random, ['right', 'left'] as const);
  const [least, most] = WORSE[kind] ?? [3, 4];
  const right = lensOf(kind, random);
  const left = { ...right, sphere: right.sphere + between(random, -2, 2), axis: 180 - right.axis || 180 };
  const isGlaucoma = kind === 'glaucoma';
  const pressure = isGlaucoma ? between(random, 24, 31) : between(random, 11, 18);
  return {
    ...{ kind, side, age, seen: 0, isOperated: kind === 'after-cataract' },
    sees: eyesOf((eye) => (isOn(side, eye) ? between(random, least, most) : between(random, 3, 4))),
    lens: { right, left },
    pupils: between(random, 114, 134),
    mmHg: eyesOf(() => pressure + between(random, -1, 2)),
    thickness: eyesOf(() => between(random, 505, 560)),
    macula: eyesOf((eye) =>
      kind === 'diabetic' && isOn(side, eye) ? between(random, 370, 490) : between(random, 245, 275),
    ),
    cup: eyesOf(() => (isGlaucoma ? between(random, 6, 8) : between(random, 2, 4))),
    fibres: eyesOf(() => (isGlaucoma ? between(random, 66, 82) : between(random, 92, 108))),
    field: eyesOf(() => -between(random, isGlaucoma ? 320 : 20, isGlaucoma ? 980 : 150)),
  };
}

const closer = (value: number, to: number, most: number): number =>
  value > to ? Math.max(to, value - most) : value;

/** What has become of it by the next visit. */
export function livedOn(before: Story, random: Random): Story {
  const story: Story = { ...before, seen: before.seen + 1 };
  const on = (eye: Eye) => isOn(story.side, eye);
  switch (story.kind) {
    case 'cataract':
    case 'after-cataract': {
      if (story.isOperated)
        return {
          ...story,
          sees: eyesOf((eye) => (on(eye) ? closer(story.sees[eye], 3, 3) : story.sees[eye])),
        };
      return { ...story, sees: eyesOf((eye) => Math.min(12, story.sees[eye] + (on(eye) ? 1 : 0))) };
    }
    case 'glaucoma': {
      // Drops bring the pressure down, now and then it is forgotten; what the field has lost stays lost.
      const isForgotten = random() < 0.15;
      const mmHg = eyesOf((eye) =>
        isForgotten
          ? story.mmHg[eye] + between(random, 2, 4)
          : closer(story.mmHg[eye], between(random, 13, 16), 6),
      );
      const loss = (eye: Eye) => (mmHg[eye] > 18 ? between(random, 25, 70) : between(random, -12, 22));
      return {
        ...{ ...story, mmHg },
        field: eyesOf((eye) => Math.max(-3_000, story.field[eye] - loss(eye))),
        fibres: eyesOf((eye) =>
          Math.max(45, story.fibres[eye] - (mmHg[eye] > 18 ? 1 : 0) - (random() < 0.2 ? 1 : 0)),
        ),
        cup: eyesOf((eye) => Math.min(9, story.cup[eye] + (mmHg[eye] > 18 && random() < 0.2 ? 1 : 0))),
      };
    }
    case 'diabetic':
      return {
        ...story,
        macula: eyesOf((eye) =>
          on(eye) && story.seen > 3 && random() < 0.2
            ? story.macula[eye] + between(random, 20, 60)
            : closer(story.macula[eye], between(random, 255, 285), 75),
        ),
        sees: eyesOf((eye) => (on(eye) && random() < 0.6 ? closer(story.sees[eye], 5, 1) : story.sees[eye])),
      };
    case 'child':
      return {
        ...story,
        lens: {
          right: { ...story.lens.right, sphere: story.lens.right.sphere - between(random, 0, 2) },
          left: { ...story.lens.left, sphere: story.lens.left.sphere - between(random, 0, 2) },
        },
      };
    case 'macula':
      return { ...story, sees: eyesOf((eye) => Math.min(13, story.sees[eye] + (random() < 0.3 ? 1 : 0))) };
    default:
      return { ...story, sees: eyesOf((eye) => closer(story.sees[eye], 3, 2)) };
  }
}
