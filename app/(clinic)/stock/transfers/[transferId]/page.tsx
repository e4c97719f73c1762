import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { onTheWay } from '@/features/pharmacy/transfers/policy';
import { getTransfer } from '@/features/pharmacy/transfers/queries';
import { ReceiveForm } from '@/features/pharmacy/transfers/ui/receive-form';
import { TransferBadge } from '@/features/pharmacy/transfers/ui/transfer-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Transfer' };

export default async function TransferPage({ params }: PageProps<'/stock/transfers/[transferId]'>) {
  const ctx = await staffPage('medicines:read');
  const transfer = await load(getTransfer(ctx, (await params).transferId));
  const { number, fromName, toName, state, lines, arrivals, note, byName, at } = transfer;
  const when = (instant: string) => formatInstant(new Date(instant), ctx.timeZone);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Transfers', href: paths.transfers }, { label: number }]}
        title={`${number}, ${fromName} to ${toName}`}
        badge={<TransferBadge state={state} />}
        description={`Sent by ${byName}, ${when(at)}${note ? `. ${note}` : ''}`}
      />
      <div className="grid gap-5">
        {state !== 'done' && ctx.can('medicines:write') ? (
          <ReceiveForm key={transfer.version} transfer={transfer} />
        ) : null}
        <Section title="What was sent" flush>
          <ReportTable
            caption="What was sent"
            rows={lines}
            rowKey={({ batchId }) => batchId}
            columns={[
              { label: 'Medicine', cell: ({ name }) => name },
              { label: 'Lot', cell: ({ lotNumber }) => lotNumber },
              { label: 'Expires', cell: ({ expiresOn }) => formatDay(expiresOn) },
              { label: 'Sent', cell: ({ sent, unit }) => countOf(sent, unit) },
              { label: 'Received', cell: ({ received }) => received },
              { label: 'Lost', cell: ({ lost }) => lost },
              { label: 'Back', cell: ({ back }) => back },
              { label: 'On the way', cell: (line) => onTheWay(line) },
            ]}
            empty=""
          />
        </Section>
        {arrivals.length > 0 ? (
          <Section title="What became of it" flush>
            <ol className="divide-y divide-border">
              {arrivals.map((arrival) => (
                <li key={arrival.at} className="px-4 py-3 sm:px-5">
                  <p className="text-sm text-text">{arrival.text}</p>
                  <p className="text-[0.8125rem] text-text-muted">
                    {[arrival.reason, arrival.byName, when(arrival.at)].filter(Boolean).join(', ')}
                  </p>
                </li>
              ))}
            </ol>
          </Section>
        ) : null}
      </div>
    </>
  );
}
