import { DEFAULT_MARGINS, type PaperDocument } from '@/lib/paper';
import { formatDay } from '@/lib/time';
import { type EstimatedWait, estimateText, isOpen, STATION_LABEL } from './policy';
import type { VisitDetails } from './queries';

/** What is torn off at the counter: the token in large figures, for a roll of 80 mm. */
export function tokenSlip(
  visit: VisitDetails,
  { head, printed }: Pick<PaperDocument, 'head' | 'printed'>,
  mark?: string,
  wait: EstimatedWait | null = null,
): PaperDocument {
  const current = visit.steps.find(({ status }) => isOpen(status));
  return {
    title: 'Token',
    size: 'roll80',
    head,
    margins: { ...DEFAULT_MARGINS, top: 6, bottom: 4, side: 4 },
    patient: `${visit.patientName}, ${visit.patientNumber}`,
    day: formatDay(visit.day),
    language: 'en',
    printed,
    ...(mark ? { mark } : {}),
    blocks: [
      {
        kind: 'big',
        text: String(visit.token),
        note: current ? `Next: ${STATION_LABEL[current.station]}` : 'Through for today',
      },
      ...(visit.doctorName || wait
        ? [
            {
              kind: 'facts' as const,
              facts: [
                ...(visit.doctorName ? [{ label: 'Doctor', value: visit.doctorName }] : []),
                ...(wait ? [{ label: 'Wait, by how fast it goes now', value: estimateText(wait) }] : []),
              ],
            },
          ]
        : []),
      { kind: 'text', text: 'Please wait until your token is called.' },
    ],
  };
}
