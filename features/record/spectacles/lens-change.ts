import { powerText, type Refraction, transposed } from '@/features/record/examinations/refraction';

/** Either notation says the same lens: compared are both with a cylinder below zero. */
const asMinus = (lens: Refraction): Refraction => (lens.cylinder > 0 ? transposed(lens) : lens);

/** Degrees between two axes: 5 and 175 are ten apart. */
export function axesApart(a: number, b: number): number {
  const apart = Math.abs(a - b) % 180;
  return Math.min(apart, 180 - apart);
}

/**
 * What differs between the lens that is worn and another one, in dioptres and degrees: "sphere −0.50, axis
 * 090° to 100°". Both are compared in one notation. Empty where nothing does.
 */
export function lensChange(worn: Refraction, next: Refraction): string[] {
  const [before, after] = [asMinus(worn), asMinus(next)];
  const by = (name: string, quarters: number) => (quarters === 0 ? [] : [`${name} ${powerText(quarters)}`]);
  const axis = (degrees: number) => `${String(degrees).padStart(3, '0')}°`;
  const turned =
    before.axis !== undefined && after.axis !== undefined && axesApart(before.axis, after.axis) > 0
      ? [`axis ${axis(before.axis)} to ${axis(after.axis)}`]
      : [];
  return [
    ...by('sphere', after.sphere - before.sphere),
    ...by('cylinder', after.cylinder - before.cylinder),
    ...turned,
    ...by('add', (after.add ?? 0) - (before.add ?? 0)),
  ];
}

type Pair = { right?: Refraction | undefined; left?: Refraction | undefined };

/** The same of both eyes: "R sphere −0.50; L no change". An eye without a lens in either is left out. */
export function changeText(worn: Pair, next: Pair): string {
  const eyes = [
    ['R', worn.right, next.right],
    ['L', worn.left, next.left],
  ] as const;
  return eyes
    .flatMap(([eye, before, after]) =>
      before && after ? [`${eye} ${lensChange(before, after).join(', ') || 'no change'}`] : [],
    )
    .join('; ');
}
