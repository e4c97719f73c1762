import { TEST_GROUPS } from './eye-tests';
import { FINDING_ROWS, type FindingRow } from './finding-rows';

/** The groups of what is measured, in the order of an examination. */
export const SHEET_GROUPS: Readonly<Record<string, string>> = {
  complaints: 'Complaints',
  acuity: 'Visual acuity',
  refraction: 'Refraction',
  pressure: 'Eye pressure',
  ...Object.fromEntries(TEST_GROUPS.map(({ key, title }) => [key, title])),
};
export const SHEET_GROUP_IDS = Object.keys(SHEET_GROUPS);

/** Which groups and rows a sheet shows, in which order, and what is normal in each row where it is said. */
export type SheetLayout = {
  groups: readonly string[];
  rows: readonly string[];
  normals: Readonly<Record<string, string>>;
};

/** As it is without a template: everything, the tests folded away. */
export const WHOLE_SHEET: SheetLayout = {
  groups: SHEET_GROUP_IDS,
  rows: FINDING_ROWS.map(({ key }) => key),
  normals: {},
};

/**
 * What is shown of a list, in the order of the sheet: what the sheet names, and behind it what has a value
 * although the sheet does not name it. Nothing that was written is ever hidden.
 */
export function shownOf<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
  named: readonly string[],
  hasValue: (one: T) => boolean,
): T[] {
  const inOrder = named.flatMap((key) => all.find((one) => keyOf(one) === key) ?? []);
  return [...inOrder, ...all.filter((one) => !named.includes(keyOf(one)) && hasValue(one))];
}

/** The rows with the sheet's own normals. */
export const rowsWith = ({ normals }: SheetLayout): FindingRow[] =>
  FINDING_ROWS.map((row) => {
    const normal = Object.hasOwn(normals, row.key) ? normals[row.key] : undefined;
    return normal && !row.range ? { ...row, normal } : row;
  });
