import { OBJECT_ID } from '@/lib/object-id';

/** Own labels, for packs on which the maker prints no code: which lot it is. */
const OWN = 'cvlot.';

export const lotCode = (batchId: string): string => `${OWN}${batchId}`;

/** The lot that an own label names; null for any other code. */
export function readLotCode(text: string): string | null {
  const code = text.trim().toLowerCase();
  const id = code.startsWith(OWN) ? code.slice(OWN.length) : '';
  return OBJECT_ID.test(id) ? id : null;
}
