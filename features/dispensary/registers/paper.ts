import type { PaperDocument } from '@/lib/paper';
import { formatDay, type Month, monthText } from '@/lib/time';
import type { RegisterRow } from './queries';

type Frame = Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>;

const dayText = (day: string): string => (day ? formatDay(day).replace(/^\S+ /, '') : '');

/** The register of a month as it is shown to who inspects it. */
export function registerPaper(
  rows: readonly RegisterRow[],
  frame: Frame,
  {
    label,
    month,
    where,
    licences,
    pharmacist,
  }: {
    label: string;
    month: Month;
    /** Of which branch; null where there is one alone. */
    where: string | null;
    licences: string;
    pharmacist: string;
  },
): PaperDocument {
  return {
    ...frame,
    title: `${label} register`,
    patient: [where, monthText(month)].filter(Boolean).join(', '),
    day: licences,
    language: 'en',
    blocks: [
      {
        kind: 'table',
        columns: ['No., day', 'Medicine, lot', 'Quantity', 'Patient', 'Prescriber', 'Given by'],
        rows: rows.map((row) => [
          `${row.number}. ${dayText(row.day)}`,
          `${row.medicine}, lot ${row.lotNumber}, ${dayText(row.expiresOn)}`,
          `${row.quantity} ${row.unit}`,
          [row.patient, row.patientNumber, row.address].filter(Boolean).join(', '),
          [row.prescriber, row.registration, row.papers.length > 0 ? 'scan kept' : '']
            .filter(Boolean)
            .join(', '),
          row.givenBy,
        ]),
      },
      ...(rows.length === 0 ? [{ kind: 'text' as const, text: 'Nothing was given in this month.' }] : []),
      { kind: 'signature', name: pharmacist || 'Registered pharmacist', lines: [] },
    ],
  };
}
