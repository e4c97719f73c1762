/** Said beside a field of pieces in which something else stands. */
export const WHOLE_NUMBER = 'Write a whole number.';

/** How many, as typed: nothing typed is none. Null where it is not a whole number. */
export function readPieces(typed: string): number | null {
  const text = typed.trim();
  return /^\d*$/.test(text) ? Number(text) : null;
}

/** More packs of one medicine than anybody orders, or finds in one. */
const MOST_PACKS = 999_999;

/**
 * How many packs a row says, or what is wrong with it: what is asked for, or the limit that it is above.
 * Nothing typed is none.
 */
function readPacks(
  typed: string,
  { least, ask, of }: { least: number; ask: string; of: string },
): { packs: number } | { wrong: string } {
  const packs = readPieces(typed);
  if (packs === null || packs < least) return { wrong: ask };
  return packs > MOST_PACKS ? { wrong: `at most ${MOST_PACKS.toLocaleString('en')} ${of}` } : { packs };
}

/** The packs of a row, the free ones, and how many pieces are in one: one where nothing is typed. */
export function readPackFields(
  row: { packs: string; freePacks: string; unitsPerPack: string },
  { least, ask }: { least: number; ask: string },
) {
  const read = {
    packs: readPacks(row.packs, { least, ask, of: 'packs' }),
    freePacks: readPacks(row.freePacks, {
      least: 0,
      ask: 'the free packs as a whole number',
      of: 'free packs',
    }),
    unitsPerPack: readPacks(row.unitsPerPack.trim() || '1', {
      least: 1,
      ask: 'how many are in a pack',
      of: 'in a pack',
    }),
  };
  const of = (one: ReturnType<typeof readPacks>): number | null => ('packs' in one ? one.packs : null);
  return {
    packs: of(read.packs),
    freePacks: of(read.freePacks),
    unitsPerPack: of(read.unitsPerPack),
    wrong: Object.values(read).flatMap((one) => ('wrong' in one ? [one.wrong] : [])),
  };
}

/** As many as there are, and the sentence that says so; `isSome` where none cannot be written. */
export type PiecesLimit = { most: number; sentence: string; isSome?: boolean };

/** What is wrong with how many were typed, or null. What was typed is never changed. */
export function piecesProblem(typed: string, limit: PiecesLimit | null): string | null {
  const pieces = readPieces(typed);
  if (pieces === null) return WHOLE_NUMBER;
  if (limit?.isSome && pieces === 0 && typed.trim()) return 'Write at least 1.';
  return limit && pieces > limit.most ? limit.sentence : null;
}

/** Whether something stands in a field of pieces that the form has to look at. */
export const isPiecesSaid = (typed: string): boolean => readPieces(typed) !== 0;
