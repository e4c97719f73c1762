import type { Acuity } from './acuity-reading';
import type { Eye } from './eyes';
import type { PrismBase, Refraction } from './refraction';

/** How a lens was found. */
export const REFRACTION_KINDS = {
  own: 'Own glasses',
  auto: 'Auto-refractor',
  autodilated: 'Auto-refractor, dilated',
  retinoscopy: 'Retinoscopy',
  subjective: 'Subjective',
  cycloplegic: 'Cycloplegic',
  over: 'Over-refraction',
  final: 'Final glasses',
  other: 'Refraction',
} as const;
export type RefractionKind = keyof typeof REFRACTION_KINDS;
export const KIND_IDS = Object.keys(REFRACTION_KINDS) as [RefractionKind, ...RefractionKind[]];
/** Sets of one kind in one visit: three pairs of own glasses, a retinoscopy that was repeated. */
export const SETS_PER_KIND = 5;

export type EyeLens = Refraction & {
  /** Quarter prism dioptres, always with its base. */
  prism?: number;
  base?: PrismBase;
  /** Across the first: up or down where that is in or out. */
  secondPrism?: number;
  secondBase?: PrismBase;
  /** Addition for the middle distance. */
  middleAdd?: number;
  /** Half millimetres from the middle of the nose. */
  pdFar?: number;
  pdNear?: number;
  /** Read with this lens. */
  acuity?: Acuity;
};
export type RefractionSet = {
  kind: RefractionKind;
  right?: EyeLens;
  left?: EyeLens;
  /** Half millimetres: 126 is 63.0 mm. Far and near, both eyes together. */
  pdFar?: number;
  pdNear?: number;
  /** Millimetres. */
  vertex?: number;
  /** Centimetres from which the retinoscopy was made. */
  workingDistance?: number;
  /** The device that measured it, where no person did. */
  source?: string;
};

/** The place of a set in the form: its kind, and a number from the second on. */
export type SetSlot = `${RefractionKind}${'' | 2 | 3 | 4 | 5}`;
const SLOT = /^([a-z]+?)([2-5]?)$/;

export function kindOfSlot(slot: string): RefractionKind | null {
  const kind = SLOT.exec(slot)?.[1];
  return KIND_IDS.find((one) => one === kind) ?? null;
}
export const slotLabel = (slot: string): string => {
  const kind = kindOfSlot(slot);
  return kind ? [REFRACTION_KINDS[kind], SLOT.exec(slot)?.[2]].filter(Boolean).join(' ') : slot;
};

/** The slots of sets in their order. */
export function slotsOf(sets: readonly RefractionSet[]): SetSlot[] {
  const seen = new Map<RefractionKind, number>();
  return sets.map(({ kind }) => {
    const count = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, count);
    return `${kind}${count === 1 ? '' : count}` as SetSlot;
  });
}

/** Every slot that a form may send, by kind. */
export const ALL_SLOTS: readonly SetSlot[] = KIND_IDS.flatMap((kind) =>
  Array.from({ length: SETS_PER_KIND }, (_, index) => `${kind}${index === 0 ? '' : index + 1}` as SetSlot),
);

/** Which of a visit's sets speaks for it: what was decided, then what was found. */
const RANK: readonly RefractionKind[] = ['final', 'subjective', 'cycloplegic', 'other', 'retinoscopy'];
export function leadingLens(sets: readonly RefractionSet[], eye: Eye): EyeLens | null {
  for (const kind of RANK) {
    const found = sets.findLast((one) => one.kind === kind && one[eye]);
    if (found?.[eye]) return found[eye];
  }
  return null;
}
