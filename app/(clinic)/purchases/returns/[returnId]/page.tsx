import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { CREDIT_REASONS } from '@/features/pharmacy/supplier-returns/policy';
import { getSupplierReturn } from '@/features/pharmacy/supplier-returns/queries';
import { ClaimBadge } from '@/features/pharmacy/supplier-returns/ui/claim-list';
import { CloseClaim } from '@/features/pharmacy/supplier-returns/ui/close-claim';
import { load, staffPage } from '@/lib/actions/staff';
import { decimalOf, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Return to a supplier' };

export default async function SupplierReturnPage({ params }: PageProps<'/purchases/returns/[returnId]'>) {
  const ctx = await staffPage('purchases:read');
  const { returnId } = await params;
  const [back, { currency }] = await load(
    Promise.all([getSupplierReturn(ctx, returnId), getBillSettings(ctx)]),
  );
  const money = (minor: number | null) => (minor === null ? null : formatAmount(minor, currency));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Returns to suppliers', href: paths.supplierReturns }, { label: back.number }]}
        title={`${back.number}, ${back.supplierName}`}
        badge={<ClaimBadge state={back.state} />}
        description={`By ${back.byName}, ${formatInstant(new Date(back.at), ctx.timeZone)}`}
        actions={
          back.state === 'open' && ctx.can('purchases:write') ? (
            <CloseClaim
              key={back.version}
              returnId={back.id}
              number={back.number}
              version={back.version}
              expected={back.expectedMinor === null ? '' : decimalOf(back.expectedMinor, currency.code)}
            />
          ) : null
        }
      />
      <div className="grid gap-5">
        <Section title="What went back" flush>
          <ReportTable
            caption="What went back"
            rows={back.lines}
            rowKey={({ batchId, from }) => `${batchId}-${from}`}
            columns={[
              { label: 'Medicine', cell: ({ name }) => name },
              { label: 'Lot', cell: ({ lotNumber }) => lotNumber },
              { label: 'Expires', cell: ({ expiresOn }) => formatDay(expiresOn) },
              {
                label: 'Pieces',
                cell: ({ quantity, unit, from }) =>
                  `${countOf(quantity, unit)}${from === 'quarantine' ? ', quarantine' : ''}`,
              },
              { label: 'Had cost', cell: ({ costMinor }) => money(costMinor) ?? 'Not known' },
            ]}
            empty="Nothing: a credit without goods."
          />
        </Section>
        <Section title="The claim">
          <DescriptionList
            columns={2}
            items={[
              { label: 'Why', value: CREDIT_REASONS[back.reason] },
              { label: 'Credit that is expected', value: money(back.expectedMinor) },
              { label: 'Credit note', value: back.creditNote },
              { label: 'Credited', value: money(back.creditedMinor) },
              { label: 'Tax in it', value: money(back.creditedTaxMinor) },
              { label: 'Why not', value: back.endReason },
              { label: 'Closed by', value: back.endedByName },
              { label: 'Note', value: back.note },
            ]}
          />
        </Section>
      </div>
    </>
  );
}
