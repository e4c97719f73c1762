import type { Source } from '@/lib/source';

const MOST_BOXES = 64;
const MOST_SECONDS = 24 * 60 * 60;

/**
 * How long an MP4 film is, in whole seconds, by its own head (ISO 14496-12: moov, mvhd); null where it says
 * nothing, as one that was written piece by piece.
 */
export async function filmSeconds(source: Source): Promise<number | null> {
  const moov = await boxIn(source, 0, source.sizeBytes, 'moov');
  const mvhd = moov && (await boxIn(source, moov.from, moov.to, 'mvhd'));
  if (!mvhd) return null;
  const head = await source.read(mvhd.from, Math.min(mvhd.to - mvhd.from, 32));
  const isLong = head[0] === 1;
  if (head.length < (isLong ? 32 : 20)) return null;
  const scale = head.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? Number(head.readBigUInt64BE(24)) : head.readUInt32BE(16);
  const seconds = Math.round(duration / scale);
  return scale > 0 && duration > 0 && seconds <= MOST_SECONDS ? Math.max(1, seconds) : null;
}

/** Where the inside of a box lies; null where there is none of this name. */
async function boxIn(source: Source, from: number, to: number, name: string) {
  let at = from;
  for (let count = 0; count < MOST_BOXES && at + 8 <= to; count++) {
    const head = await source.read(at, 16);
    if (head.length < 8) return null;
    const size = head.readUInt32BE(0);
    const isLong = size === 1 && head.length === 16;
    const length = isLong ? Number(head.readBigUInt64BE(8)) : size === 0 ? to - at : size;
    const inside = at + (isLong ? 16 : 8);
    if (length < inside - at || at + length > to) return null;
    if (head.toString('latin1', 4, 8) === name) return { from: inside, to: at + length };
    at += length;
  }
  return null;
}

/** "1:05". */
export const filmText = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
