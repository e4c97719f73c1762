import { powerText, transposed } from '@/features/record/examinations/refraction';
import type { PaperBlock, PaperDocument } from '@/lib/paper';
import { type Day, formatDay, monthOf, shiftDay, shiftMonth } from '@/lib/time';
import { glassesCode } from './code';
import type { SpectaclesPrescription } from './dto';
import { EYES, KINDS, lensCells, MATERIALS, pupilText, type Spectacles } from './policy';

const COLUMNS = ['', 'Sphere', 'Cylinder', 'Axis', 'Add', 'Prism'];
const EYE_NAME = { right: 'Right (R)', left: 'Left (L)' } as const;

/** The same day so many months later; the last of that month where it has no such day. */
export function lastValidDay(day: Day, months: number): Day {
  const month = shiftMonth(monthOf(day), months);
  const end = shiftDay(`${shiftMonth(month, 1)}-01`, -1);
  const same = `${month}-${day.slice(8)}`;
  return same < end ? same : end;
}

/** What glasses are made from, on a paper or in a summary. */
export function spectacleBlocks(given: Spectacles, day: string): PaperBlock[] {
  if (given.advice === 'none')
    return [{ kind: 'text', text: ['No glasses advised.', given.remarks].filter(Boolean).join(' ') }];
  const rows = (turn: boolean) =>
    EYES.map((eye) => {
      const lens = given[eye];
      if (!lens) return [EYE_NAME[eye], 'balance', '', '', '', ''];
      return [EYE_NAME[eye], ...lensCells(turn ? transposed(lens) : lens)];
    });
  const hasCylinder = EYES.some((eye) => given[eye]?.cylinder);
  const pupils = EYES.flatMap((eye) => {
    const half = given.pupils?.[eye];
    return half ? [`${EYE_NAME[eye]} ${pupilText(half)}`] : [];
  });
  return [
    { kind: 'table', columns: COLUMNS, rows: rows(false) },
    {
      kind: 'facts',
      facts: [
        { label: 'Kind', value: KINDS[given.kind] },
        ...(given.material ? [{ label: 'Material', value: MATERIALS[given.material] }] : []),
        ...(pupils.length > 0 ? [{ label: 'Pupils', value: pupils.join(', ') }] : []),
        { label: 'Valid until', value: formatDay(lastValidDay(day, given.validMonths)) },
        ...(given.remarks ? [{ label: 'Remarks', value: given.remarks }] : []),
      ],
    },
    ...(hasCylinder
      ? [
          { kind: 'heading' as const, text: 'The same, transposed for the lab' },
          { kind: 'table' as const, columns: COLUMNS, rows: rows(true) },
        ]
      : []),
  ];
}

/** What a patient takes to the optician. */
export function spectaclesPaper(
  prescription: SpectaclesPrescription,
  frame: Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>,
  printMark?: string,
): PaperDocument {
  const { signed, day, voided } = prescription;
  const mark = voided ? 'Void' : printMark;
  const { registrationNumber } = signed;
  const code = voided ? null : glassesCode(prescription.spectacles, day);
  return {
    ...frame,
    title: 'Glasses',
    patient: `${prescription.patientName}, ${prescription.patientNumber}`,
    day: formatDay(day),
    language: 'en',
    ...(mark ? { mark } : {}),
    blocks: [
      ...spectacleBlocks(prescription.spectacles, day),
      ...(code
        ? [
            {
              kind: 'code' as const,
              content: code,
              caption: 'For the optician: the same values to be scanned.',
            },
          ]
        : []),
      {
        kind: 'signature',
        name: signed.name,
        lines: registrationNumber ? [`Registration ${registrationNumber}`] : [],
      },
    ],
  };
}

/** "R −1.00 / −0.50 × 090, L plano" for a line of a list. */
export function spectaclesText(given: Spectacles): string {
  if (given.advice === 'none') return 'No glasses advised';
  return EYES.flatMap((eye) => {
    const lens = given[eye];
    if (!lens) return [];
    const [sphere = '', cylinder, axis] = lensCells(lens);
    const add = lens.add ? `, add ${powerText(lens.add)}` : '';
    return [`${eye === 'right' ? 'R' : 'L'} ${sphere}${cylinder ? ` / ${cylinder} × ${axis}` : ''}${add}`];
  }).join('; ');
}
