import type { Metadata } from 'next';
import Link from 'next/link';
import { Expiry, StockBadge } from '@/components/medicines/stock-badge';
import { AdjustBatch, Dispense, DisposeBatch, ReceiveStock } from '@/components/medicines/stock-dialogs';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { Timeline } from '@/components/ui/timeline';
import { load, staffPage } from '@/lib/actions/staff';
import { deactivateMedicineAction } from '@/lib/features/medicines/actions';
import { getMedicine, listBatches, listMovements } from '@/lib/features/medicines/queries';
import { FORMS } from '@/lib/features/medicines/schema';
import { paths } from '@/lib/paths';
import { formatInstant, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Medicine' };

const KINDS = {
  receipt: { label: 'Received', tone: 'success' },
  dispense: { label: 'Dispensed', tone: 'accent' },
  adjustment: { label: 'Counted', tone: 'info' },
  disposal: { label: 'Disposed', tone: 'danger' },
} as const;

export default async function MedicinePage({ params }: PageProps<'/medicines/[medicineId]'>) {
  const ctx = await staffPage('medicines:read');
  const { medicineId } = await params;
  const [medicine, batches, movements] = await load(
    Promise.all([getMedicine(ctx, medicineId), listBatches(ctx, medicineId), listMovements(ctx, medicineId)]),
  );
  const day = today(ctx.timeZone);
  const canWrite = ctx.can('medicines:write') && medicine.isActive;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Medicines', href: paths.medicines }, { label: medicine.name }]}
        title={[medicine.name, medicine.strength].filter(Boolean).join(' ')}
        description={`${FORMS[medicine.form]}${medicine.genericName ? `, ${medicine.genericName}` : ''}`}
        badge={<StockBadge mark={medicine.mark} />}
        actions={
          canWrite ? (
            <>
              <Button asChild>
                <Link href={`${paths.medicines}/${medicine.id}/edit`}>Edit</Link>
              </Button>
              <Dispense medicine={medicine} />
              <ReceiveStock medicine={medicine} today={day} />
            </>
          ) : null
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-5">
          <Section title="Batches in stock" description="The first to expire is given out first." flush>
            {batches.length === 0 ? (
              <p className="p-5 text-text-muted">No stock. Receive a delivery to begin.</p>
            ) : (
              <ul className="divide-y divide-border">
                {batches.map((batch) => (
                  <li key={batch.id} className="flex flex-wrap items-center justify-between gap-3 px-5 py-3">
                    <div>
                      <p className="font-medium">Lot {batch.lotNumber}</p>
                      <p className="text-[0.8125rem] text-text-muted">
                        Expires <Expiry day={batch.expiresOn} today={day} />
                      </p>
                    </div>
                    <div className="flex items-center gap-3">
                      <span className="font-semibold tabular-nums">
                        {batch.quantity} {medicine.unit}
                      </span>
                      {canWrite ? (
                        <>
                          <AdjustBatch medicine={medicine} batch={batch} />
                          <DisposeBatch medicine={medicine} batch={batch} />
                        </>
                      ) : null}
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <Section title="Movements" description="The last 50. Nothing here is ever changed.">
            {movements.length === 0 ? (
              <p className="text-text-muted">None yet.</p>
            ) : (
              <Timeline
                items={movements.map((one) => ({
                  id: one.id,
                  title: `${KINDS[one.kind].label} ${Math.abs(one.quantity)}, ${one.onHandAfter} on hand`,
                  time: formatInstant(new Date(one.at), ctx.timeZone),
                  description: [`Lot ${one.lotNumber}`, one.byName, one.reason].filter(Boolean).join(', '),
                  tone: KINDS[one.kind].tone,
                }))}
              />
            )}
          </Section>
        </div>
        <Section title="Details">
          <DescriptionList
            columns={2}
            items={[
              { label: 'On hand', value: `${medicine.onHand} ${medicine.unit}` },
              { label: 'Reorder level', value: medicine.reorderLevel },
              { label: 'Next expiry', value: <Expiry day={medicine.nextExpiry} today={day} /> },
              { label: 'Price', value: medicine.priceCents === null ? null : (medicine.priceCents / 100).toFixed(2) },
            ]}
          />
          {canWrite ? (
            <div className="mt-5 border-border border-t pt-4">
              <ConfirmAction
                trigger={<Button size="sm">Take out of the list</Button>}
                title={`Take ${medicine.name} out of the list?`}
                description="Its movements stay. This works only without stock."
                confirm="Take out"
                action={deactivateMedicineAction}
                fields={{ medicineId: medicine.id }}
              />
            </div>
          ) : null}
        </Section>
      </div>
    </>
  );
}
