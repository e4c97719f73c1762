import type { Examination } from '@/features/record/examinations/dto';
import { ORDER_KINDS, type Order, type OrderKind, URGENCIES } from '@/features/record/examinations/orders';
import { SIDE_LABEL } from '@/features/record/examinations/policy';
import { diagnosisLine } from '@/features/record/examinations/shown';
import type { PaperBlock, PaperDocument, PaperItem } from '@/lib/paper';
import { dayOf, formatDay } from '@/lib/time';

type AskedFor = {
  visit: { patientName: string; patientNumber: string; sex: string; day: string };
  /** "42 years". */
  age: string;
  examination: Examination;
  allergies: readonly string[];
  timeZone: string;
};

const itemOf = ({ what, side, urgency, reason }: Order): PaperItem => ({
  title: what,
  ...(urgency === 'routine' ? {} : { aside: URGENCIES[urgency] }),
  lines: [...(side === 'none' ? [] : [SIDE_LABEL[side]]), ...(reason ? [reason] : [])],
  ...(side === 'none' ? {} : { eye: side }),
});

/** What was asked for at a visit, for those who do it; null where nothing was. */
export function requestPaper(
  { visit, age, examination, allergies, timeZone }: AskedFor,
  frame: Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>,
  printMark?: string,
): PaperDocument | null {
  const { assessment, signed } = examination;
  const { orders = [], diagnoses } = assessment;
  if (orders.length === 0) return null;
  const mark = signed ? printMark : 'Not signed';
  const facts = [
    { label: 'Diagnosis', value: diagnoses.map(diagnosisLine).join('\n') },
    { label: 'Allergies', value: allergies.join(', ') },
  ].filter(({ value }) => value !== '');
  const listOf = (kind: OrderKind): PaperBlock[] => {
    const items = orders.filter((one) => one.kind === kind).map(itemOf);
    return items.length > 0
      ? [
          { kind: 'heading', text: `${ORDER_KINDS[kind]}s` },
          { kind: 'items', items },
        ]
      : [];
  };
  return {
    ...frame,
    title: 'Request',
    patient: `${visit.patientName}, ${visit.patientNumber}`,
    day: `${age}, ${visit.sex}. ${formatDay(visit.day)}`,
    language: 'en',
    ...(mark ? { mark } : {}),
    blocks: [
      ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
      ...listOf('investigation'),
      ...listOf('procedure'),
      ...(signed
        ? [
            {
              kind: 'signature' as const,
              name: signed.name,
              lines: [`Signed ${formatDay(dayOf(new Date(signed.at), timeZone))}`],
            },
          ]
        : []),
    ],
  };
}
