import type { PaperDocument } from '@/lib/paper';
import { formatDay } from '@/lib/time';
import type { LotRecall } from './dto';
import type { LotTrace } from './queries';

type Frame = Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>;
type Addressee = Pick<LotTrace['recipients'][number], 'name' | 'number' | 'phone' | 'lastDay'> & {
  address: string;
};

/** What somebody who got a recalled lot is written: which one it is, and what to do. */
export function recallLetter(
  { medicineName, lotNumber, reason }: Pick<LotRecall, 'medicineName' | 'lotNumber' | 'reason'>,
  { name, number, phone, lastDay, address }: Addressee,
  frame: Frame,
  { pharmacist, day }: { pharmacist: string; day: string },
): PaperDocument {
  return {
    ...frame,
    title: 'A medicine that you have is recalled',
    patient: [name, number].filter(Boolean).join(', '),
    day: formatDay(day),
    language: 'en',
    blocks: [
      {
        kind: 'facts',
        facts: [
          { label: 'To', value: [name, address, phone].filter(Boolean).join(', ') },
          { label: 'Medicine', value: medicineName },
          { label: 'Lot', value: lotNumber },
          { label: 'Given to you on', value: formatDay(lastDay) },
          { label: 'Why it is recalled', value: reason },
        ],
      },
      { kind: 'text', text: 'Do not use it any more, whether the pack is open or not.' },
      {
        kind: 'text',
        text: 'Bring what is left of it and this letter to our pharmacy. We tell you what to use instead.',
      },
      {
        kind: 'text',
        text: 'If your eye is red or hurts, or you see less than before, come to us on the same day.',
      },
      { kind: 'signature', name: pharmacist || 'Registered pharmacist', lines: [] },
    ],
  };
}
