import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { type ReportColumn, ReportTable } from '@/components/ui/report-table';
import { type Currency, formatFigure } from '@/lib/currency';
import { formatDay } from '@/lib/time';
import { withdrawTdsCertificateAction } from '../actions';
import type { TdsCertificate } from '../dto';
import { quarterName, type WithheldRow } from '../policy';

/** What payers withheld by quarter, and how much of it no certificate says yet. */
export function WithheldTable({ rows, currency }: { rows: readonly WithheldRow[]; currency: Currency }) {
  const columns: [ReportColumn<WithheldRow>, ...ReportColumn<WithheldRow>[]] = [
    {
      label: 'Payer',
      cell: ({ payerName, quarter }) => (
        <>
          {payerName} <span className="block text-text-muted">{quarterName(quarter)}</span>
        </>
      ),
    },
    { label: 'Withheld', cell: ({ minor }) => formatFigure(minor, currency) },
    { label: 'Certified', cell: ({ certifiedMinor }) => formatFigure(certifiedMinor, currency) },
    {
      label: 'Missing',
      cell: ({ missingMinor }) =>
        missingMinor === 0 ? (
          'None'
        ) : (
          <span className="text-danger">
            {formatFigure(missingMinor, currency)}
            {missingMinor < 0 ? <span className="block">more certified than entered</span> : null}
          </span>
        ),
    },
  ];
  return (
    <ReportTable
      caption="Tax withheld by payers"
      rows={rows}
      rowKey={({ payerId, quarter }) => `${quarter}-${payerId}`}
      columns={columns}
      empty="No payer has withheld tax in the last two years."
    />
  );
}

type CertificateListProps = {
  certificates: readonly TdsCertificate[];
  currency: Currency;
  canWrite: boolean;
};

/** The certificates of the last two years, with those that were withdrawn. */
export function CertificateList({ certificates, currency, canWrite }: CertificateListProps) {
  if (certificates.length === 0)
    return <p className="px-4 py-6 text-text-muted sm:px-5">No certificate has been entered yet.</p>;
  return (
    <ul aria-label="Certificates" className="divide-y divide-border">
      {certificates.map(({ id, number, payerName, quarter, amountMinor, receivedDay, byName, withdrawn }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:px-5">
          <div className="min-w-48 flex-1">
            <p className="break-words font-medium text-text">
              {number} <span className="font-normal text-text-muted">{payerName}</span>
            </p>
            <p className="text-[0.8125rem] text-text-muted">
              {quarterName(quarter)}, received {formatDay(receivedDay)}, entered by {byName}
            </p>
            {withdrawn ? (
              <p className="text-[0.8125rem] text-text-muted">
                Withdrawn by {withdrawn.byName}: {withdrawn.reason}
              </p>
            ) : null}
          </div>
          {withdrawn ? <Badge tone="neutral">Withdrawn</Badge> : null}
          <span className="w-28 text-right font-medium tabular-nums">
            {formatFigure(amountMinor, currency)}
          </span>
          {canWrite && !withdrawn ? (
            <ConfirmAction
              trigger={
                <Button size="sm" variant="ghost" aria-label={`Withdraw certificate ${number}`}>
                  Withdraw
                </Button>
              }
              title={`Withdraw certificate ${number}?`}
              description="It stays in the list with your reason, and counts no longer."
              confirm="Withdraw it"
              action={withdrawTdsCertificateAction}
              fields={{ certificateId: id }}
            >
              <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
            </ConfirmAction>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
