import type { Types } from 'mongoose';

/** What some visits have, the newest first: ids grow. */
export const newestFirst = <Row extends { _id: Types.ObjectId }>(rows: readonly Row[]): Row[] =>
  [...rows].sort((a, b) => b._id.toString().localeCompare(a._id.toString()));

/**
 * What a patient has, at most so much, and before it what a visit has, which may be older than all that is
 * listed.
 */
export async function besideVisit<One extends { visitId: string }>(
  visitId: string,
  listed: readonly One[],
  { most, listOfVisits }: { most: number; listOfVisits: (visitIds: readonly string[]) => Promise<One[]> },
): Promise<One[]> {
  if (listed.length < most) return [...listed];
  return [...(await listOfVisits([visitId])), ...listed.filter((one) => one.visitId !== visitId)];
}
