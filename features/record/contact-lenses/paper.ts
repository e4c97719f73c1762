import { lastValidDay } from '@/features/record/spectacles/paper';
import { EYES } from '@/features/record/spectacles/policy';
import type { PaperBlock, PaperDocument } from '@/lib/paper';
import { formatDay } from '@/lib/time';
import type { ContactLensPrescription } from './dto';
import { type ContactLenses, contactCells, REPLACEMENTS, WEARS } from './policy';

const COLUMNS = ['', 'Base curve', 'Diameter', 'Power', 'Cylinder', 'Axis', 'Add', 'Lenses'];
const EYE_NAME = { right: 'Right (R)', left: 'Left (L)' } as const;

/** What contact lenses are ordered by, on a paper or in a summary. */
export function contactLensBlocks(given: ContactLenses, day: string): PaperBlock[] {
  const brands = EYES.flatMap((eye) => {
    const brand = given[eye]?.brand;
    return brand ? [{ label: `Brand, ${eye}`, value: brand }] : [];
  });
  const [first, second] = brands;
  const isOne = EYES.every((eye) => given[eye]?.brand) && first?.value === second?.value;
  return [
    {
      kind: 'table',
      columns: COLUMNS,
      rows: EYES.flatMap((eye) => {
        const lens = given[eye];
        return lens ? [[EYE_NAME[eye], ...contactCells(lens)]] : [];
      }),
    },
    {
      kind: 'facts',
      facts: [
        ...(isOne && first ? [{ label: 'Brand', value: first.value }] : brands),
        { label: 'Replaced', value: REPLACEMENTS[given.replacement] },
        { label: 'Worn', value: WEARS[given.wear] },
        { label: 'Valid until', value: formatDay(lastValidDay(day, given.validMonths)) },
        ...(given.remarks ? [{ label: 'Remarks', value: given.remarks }] : []),
      ],
    },
  ];
}

/** What a patient buys contact lenses with. */
export function contactLensPaper(
  prescription: ContactLensPrescription,
  frame: Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>,
  printMark?: string,
): PaperDocument {
  const { signed, day, voided } = prescription;
  const mark = voided ? 'Void' : printMark;
  const { registrationNumber } = signed;
  return {
    ...frame,
    title: 'Contact lenses',
    patient: `${prescription.patientName}, ${prescription.patientNumber}`,
    day: formatDay(day),
    language: 'en',
    ...(mark ? { mark } : {}),
    blocks: [
      ...contactLensBlocks(prescription.lenses, day),
      {
        kind: 'signature',
        name: signed.name,
        lines: registrationNumber ? [`Registration ${registrationNumber}`] : [],
      },
    ],
  };
}
