import { LABEL_SIZES, type LabelSize, type PaperDocument, type PaperLabel } from '@/lib/paper';
import { type Day, formatDay } from '@/lib/time';
import { lotCode } from '../medicines/lot-code';

type Lot = {
  batchId: string;
  name: string;
  lotNumber: string;
  expiresOn: Day;
  /** Of one piece, as it is read; null where none is printed on the pack. */
  mrp: string | null;
};
type Frame = { size: LabelSize; count: number; skip: number; pharmacy: string; printed: string };

/** Labels of a lot for packs without a code: a scan of one finds the medicine and the lot. */
export function lotLabelPaper(lot: Lot, { size, count, skip, pharmacy, printed }: Frame): PaperDocument {
  const label: PaperLabel = {
    head: pharmacy,
    title: lot.name,
    lines: [
      `Lot ${lot.lotNumber}`,
      `Exp ${formatDay(lot.expiresOn)}`,
      ...(lot.mrp ? [`MRP ${lot.mrp}`] : []),
    ],
    foot: '',
    code: lotCode(lot.batchId),
  };
  return {
    title: `Labels, ${LABEL_SIZES[size]}`,
    size,
    head: null,
    margins: { top: 0, bottom: 0, side: 0 },
    patient: '',
    day: '',
    blocks: [{ kind: 'labels', labels: Array.from({ length: count }, () => label), skip }],
    printed,
    language: 'en',
  };
}
