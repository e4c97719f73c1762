/** Said beside a field of pieces in which something else stands. */
export const WHOLE_NUMBER = 'Write a whole number.';

/** How many, as typed: nothing typed is none. Null where it is not a whole number. */
export function readPieces(typed: string): number | null {
  const text = typed.trim();
  return /^\d*$/.test(text) ? Number(text) : null;
}

/** As many as there are, and the sentence that says so. */
export type PiecesLimit = { most: number; sentence: string };

/** What is wrong with how many were typed, or null. What was typed is never changed. */
export function piecesProblem(typed: string, limit: PiecesLimit | null): string | null {
  const pieces = readPieces(typed);
  if (pieces === null) return WHOLE_NUMBER;
  return limit && pieces > limit.most ? limit.sentence : null;
}

/** Whether something stands in a field of pieces that the form has to look at. */
export const isPiecesSaid = (typed: string): boolean => readPieces(typed) !== 0;
