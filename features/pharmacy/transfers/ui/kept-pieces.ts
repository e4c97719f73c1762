/** The typed rows of a draft that was brought back, by lot. */
export function keptPieces<T extends { batchId: string }>(kept: string | undefined): Record<string, T> {
  if (!kept) return {};
  try {
    return Object.fromEntries((JSON.parse(kept) as T[]).map((row) => [row.batchId, row]));
  } catch {
    return {};
  }
}
