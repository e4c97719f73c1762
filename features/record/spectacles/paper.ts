import { powerText, transposed } from '@/features/record/examinations/refraction';
import type { PaperBlock, PaperDocument } from '@/lib/paper';
import { type Day, formatDay, monthOf, shiftDay, shiftMonth } from '@/lib/time';
import { glassesCode } from './code';
import type { MadeGlasses, SpectaclesPrescription } from './dto';
import {
  EYES,
  KINDS,
  lensCells,
  lensFacts,
  MADE_OUTCOMES,
  type Pupils,
  pupilText,
  type Spectacles,
} from './policy';

const COLUMNS = ['', 'Sphere', 'Cylinder', 'Axis', 'Add', 'Prism'];
/** With an addition for the middle distance; a column that nobody filled is not printed. */
const WITH_MIDDLE = ['', 'Sphere', 'Cylinder', 'Axis', 'Middle add', 'Add', 'Prism'];
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
  const hasMiddle = EYES.some((eye) => given[eye]?.middleAdd);
  const columns = hasMiddle ? WITH_MIDDLE : COLUMNS;
  const rows = (turn: boolean) =>
    EYES.map((eye) => {
      const lens = given[eye];
      if (!lens) return [EYE_NAME[eye], 'balance', ...columns.slice(2).map(() => '')];
      const [sphere = '', cylinder = '', axis = '', ...others] = lensCells(turn ? transposed(lens) : lens);
      const middle = hasMiddle ? [lens.middleAdd ? powerText(lens.middleAdd) : ''] : [];
      return [EYE_NAME[eye], sphere, cylinder, axis, ...middle, ...others];
    });
  const hasCylinder = EYES.some((eye) => given[eye]?.cylinder);
  return [
    { kind: 'table', columns, rows: rows(false) },
    {
      kind: 'facts',
      facts: [
        { label: 'Kind', value: KINDS[given.kind] },
        ...lensFacts(given),
        ...pupilFact(given.middlePupils || given.nearPupils ? 'Pupils, far' : 'Pupils', given.pupils),
        ...pupilFact('Pupils, middle', given.middlePupils),
        ...pupilFact('Pupils, near', given.nearPupils),
        ...(given.vertexMm ? [{ label: 'Vertex distance', value: `${given.vertexMm} mm` }] : []),
        { label: 'Valid until', value: formatDay(lastValidDay(day, given.validMonths)) },
        ...(given.remarks ? [{ label: 'Remarks', value: given.remarks }] : []),
      ],
    },
    ...(hasCylinder
      ? [
          { kind: 'heading' as const, text: 'The same, transposed for the lab' },
          { kind: 'table' as const, columns, rows: rows(true) },
        ]
      : []),
  ];
}

/** "Right (R) 31.5 mm, Left (L) 31 mm"; nothing where nobody measured them. */
function pupilFact(label: string, pupils: Pupils | undefined) {
  const value = EYES.flatMap((eye) => {
    const half = pupils?.[eye];
    return half ? [`${EYE_NAME[eye]} ${pupilText(half)}`] : [];
  }).join(', ');
  return value ? [{ label, value }] : [];
}

/** What the optical shop says of them; what it made instead, and why, is not what was signed above. */
function madeBlocks({ outcome, spectacles, reason, byName, day: made }: MadeGlasses, day: Day): PaperBlock[] {
  const noted = `Noted by ${byName}, ${formatDay(made)}.`;
  const why = reason ? `${reason}. ` : '';
  if (outcome !== 'changed') return [{ kind: 'text', text: `${MADE_OUTCOMES[outcome]}. ${why}${noted}` }];
  return [
    { kind: 'heading', text: 'As made' },
    { kind: 'text', text: `${why}${noted}` },
    ...spectacleBlocks(spectacles, day),
  ];
}

/** What a patient takes to the optician. */
export function spectaclesPaper(
  prescription: SpectaclesPrescription,
  frame: Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>,
  printMark?: string,
  made?: MadeGlasses,
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
      ...(made ? madeBlocks(made, day) : []),
    ],
  };
}

/** "R −1.00 / −0.50 × 090, L plano" for a line of a list. */
export function spectaclesText(given: Spectacles): string {
  if (given.advice === 'none') return 'No glasses advised';
  return EYES.flatMap((eye) => {
    const lens = given[eye];
    if (!lens) return [`${eye === 'right' ? 'R' : 'L'} balance`];
    const [sphere = '', cylinder, axis] = lensCells(lens);
    const add = lens.add ? `, add ${powerText(lens.add)}` : '';
    return [`${eye === 'right' ? 'R' : 'L'} ${sphere}${cylinder ? ` / ${cylinder} × ${axis}` : ''}${add}`];
  }).join('; ');
}
