/**
 * The first 23 characters must be unique in a project, and an ObjectId in hexadecimal has 24: 21 characters
 * for an organization's first cluster, 23 for each that follows it.
 */
export function clusterNameOf(organizationId: string, generation = 0): string {
  const id = BigInt(`0x${organizationId}`);
  if (generation === 0) return `o-${id.toString(36).padStart(19, '0')}`;
  if (generation > 255) throw new Error('There is no name left for another cluster');
  return `r-${(id * 256n + BigInt(generation)).toString(36).padStart(21, '0')}`;
}
