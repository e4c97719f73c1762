/** Bytes that can be read from any place, without all of them being in memory. */
export type Source = {
  sizeBytes: number;
  /** As many as there are, at most `length`. */
  read: (at: number, length: number) => Promise<Buffer>;
};

/** Bytes that are in memory already. */
export const bufferSource = (content: Buffer): Source => ({
  sizeBytes: content.length,
  read: async (at, length) => content.subarray(at, at + length),
});

/** A part of another source, read as if it were all. */
export const partOf = (source: Source, from: number, sizeBytes: number): Source => ({
  sizeBytes,
  read: (at, length) => source.read(from + at, Math.max(0, Math.min(length, sizeBytes - at))),
});

/** All bytes, in pieces of at most `step`. */
export async function* piecesOf({ sizeBytes, read }: Source, step: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < sizeBytes; at += step) {
    const piece = await read(at, Math.min(step, sizeBytes - at));
    if (piece.length === 0) return;
    yield piece;
  }
}
