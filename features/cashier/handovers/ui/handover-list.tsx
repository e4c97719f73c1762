import { Badge, type BadgeTone } from '@/components/ui/badge';
import { type ReportColumn, ReportTable } from '@/components/ui/report-table';
import { type Currency, formatFigure } from '@/lib/currency';
import type { Handover } from '../dto';
import { HANDOVER_LABEL, type HandoverState } from '../policy';

const TONE: Record<HandoverState, BadgeTone> = {
  offered: 'warning',
  accepted: 'success',
  refused: 'danger',
  withdrawn: 'neutral',
};

/** Who gave a drawer to whom on a day, with both counts and what was said of a difference. */
export function HandoverList({
  handovers,
  currency,
}: {
  handovers: readonly Handover[];
  currency: Currency;
}) {
  const figure = (minor: number | null | undefined) =>
    minor === null || minor === undefined ? '–' : formatFigure(minor, currency);
  const columns: [ReportColumn<Handover>, ...ReportColumn<Handover>[]] = [
    {
      label: 'Handover',
      cell: ({ fromName, toName, status, answered }) => (
        <>
          {fromName} to {toName} <Badge tone={TONE[status]}>{HANDOVER_LABEL[status]}</Badge>
          {answered && answered.byName !== toName ? (
            <span className="block text-text-muted">By {answered.byName}</span>
          ) : null}
        </>
      ),
    },
    {
      label: 'Counted',
      cell: ({ countedMinor, reason }) => (
        <>
          {figure(countedMinor)}
          {reason ? <span className="block text-text-muted">{reason}</span> : null}
        </>
      ),
    },
    { label: 'Counted again', cell: ({ answered }) => figure(answered?.receivedMinor) },
    {
      label: 'Between the two',
      cell: ({ answered }) => {
        if (!answered) return '–';
        const { receivedMinor, differenceMinor, missingSlips, answer } = answered;
        const isOff = differenceMinor !== 0 || missingSlips > 0;
        return (
          <span className={isOff ? 'text-danger' : undefined}>
            {receivedMinor === null ? '–' : differenceMinor === 0 ? 'None' : figure(differenceMinor)}
            {missingSlips > 0 ? (
              <span className="block">
                {missingSlips === 1 ? 'One slip or cheque' : `${missingSlips} slips or cheques`} missing
              </span>
            ) : null}
            {answer ? <span className="block">{answer}</span> : null}
          </span>
        );
      },
    },
  ];
  return (
    <ReportTable
      caption="Handovers"
      rows={handovers}
      rowKey={({ id }) => id}
      columns={columns}
      empty="No drawer was handed over."
    />
  );
}
