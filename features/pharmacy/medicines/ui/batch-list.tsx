import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import type { NamedStore } from '../../stores/ui/store-field';
import type { Batch, Medicine } from '../dto';
import { countOf, isExpired, priceText } from '../policy';
import { HoldBatch, QuarantineActions } from './hold-dialogs';
import { AdjustBatch, DisposeBatch } from './stock-dialogs';
import { Expiry } from './stock-marks';

/** In which store; nothing in a hospital with one. */
function StoreBadge({ stores, storeId }: { stores: readonly NamedStore[]; storeId: string | null }) {
  const store = stores.length > 1 ? stores.find(({ id }) => id === storeId) : undefined;
  return store ? <Badge>{store.name}</Badge> : null;
}

/** What is on the shelf, first expiring first. */
export function BatchList({
  medicine,
  batches,
  stores,
  today,
  canWrite,
  more,
}: {
  medicine: Medicine;
  batches: readonly Batch[];
  stores: readonly NamedStore[];
  today: string;
  canWrite: boolean;
  /** What else may be done with a lot. */
  more: (batch: Batch) => ReactNode;
}) {
  return (
    <Section title="Batches in stock" description="What expires first is dispensed first." flush>
      {batches.length === 0 ? (
        <p className="p-4 text-text-muted sm:p-5">
          {medicine.isActive && canWrite ? 'No stock. Receive a delivery to begin.' : 'No stock.'}
        </p>
      ) : (
        <ul className="divide-y divide-border">
          {batches.map((batch) => (
            <li
              key={`${batch.id}-${batch.storeId}`}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-5"
            >
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 break-words font-medium text-text">
                  Lot {batch.lotNumber}
                  <StoreBadge stores={stores} storeId={batch.storeId} />
                  {batch.hold ? <Badge tone="danger">Held</Badge> : null}
                </p>
                <p className="text-[0.8125rem] text-text-muted">
                  <Expiry expiresOn={batch.expiresOn} today={today} />
                </p>
                {batch.hold ? (
                  <p className="text-[0.8125rem] text-text-muted">
                    {batch.hold.reason}, {batch.hold.byName}
                  </p>
                ) : null}
              </div>
              <div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
                <p className="text-right">
                  <span className="block font-medium text-text tabular-nums">
                    {countOf(batch.quantity, medicine.unit)}
                  </span>
                  {batch.costCents === null ? null : (
                    <span className="block text-[0.8125rem] text-text-muted tabular-nums">
                      at {priceText(batch.costCents)}
                    </span>
                  )}
                </p>
                {canWrite ? (
                  <div className="no-print flex flex-wrap justify-end gap-2">
                    {more(batch)}
                    <HoldBatch medicine={medicine} batch={batch} />
                    <AdjustBatch medicine={medicine} batch={batch} />
                    <DisposeBatch
                      medicine={medicine}
                      batch={batch}
                      isExpired={isExpired(batch.expiresOn, today)}
                    />
                  </div>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What came back and waits for somebody to look at it: it is not on hand. */
export function QuarantineList({
  medicine,
  batches,
  stores,
  open,
  today,
  canWrite,
}: {
  medicine: Medicine;
  batches: readonly Batch[];
  stores: readonly NamedStore[];
  /** Those that something may be put into. */
  open: readonly NamedStore[];
  today: string;
  canWrite: boolean;
}) {
  if (batches.length === 0) return null;
  return (
    <Section title="In quarantine" description="It came back and is not given out." flush>
      <ul className="divide-y divide-border">
        {batches.map((batch) => (
          <li
            key={`${batch.id}-${batch.storeId}`}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 sm:px-5"
          >
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 break-words font-medium text-text">
                Lot {batch.lotNumber}, {countOf(batch.quarantine, medicine.unit)}
                <StoreBadge stores={stores} storeId={batch.storeId} />
              </p>
              <p className="text-[0.8125rem] text-text-muted">
                <Expiry expiresOn={batch.expiresOn} today={today} />
              </p>
            </div>
            {canWrite ? <QuarantineActions medicine={medicine} batch={batch} stores={open} /> : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
