import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { TextLink } from '@/components/ui/text-link';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { LOOK_BACK_DAYS } from '@/features/pharmacy/reorders/policy';
import { type ProposedLine, proposeOrders } from '@/features/pharmacy/reorders/queries';
import { proposalQuery } from '@/features/pharmacy/reorders/schema';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { counted } from '@/lib/words';

export const metadata: Metadata = { title: 'What to order' };

const COVER = [14, 30, 60, 90];

export default async function ProposalPage({ searchParams }: PageProps<'/purchases/orders/proposal'>) {
  const ctx = await staffPage('purchases:read');
  const { days } = proposalQuery.parse(await searchParams);
  const lines = await load(proposeOrders(ctx, days));
  const groups = new Map<string, ProposedLine[]>();
  for (const line of lines) {
    const key = line.supplierId ?? '';
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Orders', href: paths.purchaseOrders }, { label: 'What to order' }]}
        title="What to order"
        description={`By the use of the last ${LOOK_BACK_DAYS} days, counted over the days on which there was something to give. What expires before it is used does not count as stock.`}
      />
      <nav aria-label="How long it shall last" className="mb-4 flex flex-wrap gap-2">
        {COVER.map((one) => (
          <Link
            key={one}
            href={withQuery(paths.proposedOrders, { days: String(one) })}
            aria-current={days === one ? 'page' : undefined}
            className={buttonClass({ size: 'sm', variant: days === one ? 'primary' : 'secondary' })}
          >
            For {one} days
          </Link>
        ))}
      </nav>
      {lines.length === 0 ? (
        <Card>
          <EmptyState icon={<Icon of="package-search" />} title="Nothing is to be ordered">
            Everything lasts that long, with what is on its way.
          </EmptyState>
        </Card>
      ) : null}
      <div className="grid gap-5">
        {[...groups].map(([supplierId, rows]) => (
          <Section
            key={supplierId}
            title={rows[0]?.supplierName ?? 'Never bought with an invoice'}
            flush
            actions={
              supplierId && ctx.can('purchases:write') ? (
                <Link
                  href={withQuery(paths.newPurchaseOrder, { supplier: supplierId, days: String(days) })}
                  className={buttonClass({ size: 'sm', variant: 'primary' })}
                  aria-label={`Make a draft order for ${rows[0]?.supplierName ?? 'this supplier'}`}
                >
                  Make a draft order
                </Link>
              ) : null
            }
          >
            <ReportTable
              caption={`To order, ${rows[0]?.supplierName ?? 'without a supplier'}`}
              rows={rows}
              rowKey={({ id }) => id}
              columns={[
                {
                  label: 'Medicine',
                  cell: ({ id, name, abc, importance }) => (
                    <span className="flex flex-wrap items-center gap-2">
                      <TextLink href={paths.medicine(id)}>{name}</TextLink>
                      <Badge tone={abc === 'A' ? 'accent' : 'neutral'}>{abc}</Badge>
                      {importance === 'vital' ? <Badge tone="danger">Vital</Badge> : null}
                    </span>
                  ),
                },
                { label: 'Usable', cell: ({ usable, unit }) => countOf(usable, unit) },
                { label: 'On order', cell: ({ onOrder }) => onOrder },
                { label: 'A day', cell: (line) => line.dailyUse.toFixed(1) },
                {
                  label: 'Lasts',
                  cell: ({ usable, dailyUse }) =>
                    dailyUse > 0 ? counted(Math.floor(usable / dailyUse), 'day') : 'not used',
                },
                {
                  label: 'Least, most',
                  cell: ({ level }) => (level ? `${level.min}, ${level.max}` : '–'),
                },
                {
                  label: 'Order',
                  cell: ({ packs, unitsPerPack, unit }) =>
                    unitsPerPack === 1 ? countOf(packs, unit) : `${packs} packs of ${unitsPerPack}`,
                },
              ]}
              empty=""
            />
          </Section>
        ))}
      </div>
    </>
  );
}
