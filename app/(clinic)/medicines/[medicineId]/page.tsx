import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { RecallLot } from '@/features/dispensary/lot-recalls/ui/recall-dialog';
import { LotLabelLink } from '@/features/pharmacy/lot-labels/ui/lot-label-link';
import { activateMedicineAction } from '@/features/pharmacy/medicines/actions';
import { classLabelOf } from '@/features/pharmacy/medicines/control-classes';
import type { Batch, Medicine, Movement } from '@/features/pharmacy/medicines/dto';
import {
  countOf,
  FORMS,
  IMPORTANCES,
  isExpired,
  priceText,
  usableQuantity,
} from '@/features/pharmacy/medicines/policy';
import {
  getMedicine,
  listBatches,
  listLots,
  listMovements,
  listQuarantine,
} from '@/features/pharmacy/medicines/queries';
import { type LedgerQuery, ledgerQuery } from '@/features/pharmacy/medicines/schema';
import { BatchList, QuarantineList } from '@/features/pharmacy/medicines/ui/batch-list';
import { ResumeSelling, StopSelling } from '@/features/pharmacy/medicines/ui/hold-dialogs';
import { MovementsTable } from '@/features/pharmacy/medicines/ui/movements-table';
import {
  DeactivateMedicine,
  Dispense,
  DisposeExpired,
  ReceiveStock,
} from '@/features/pharmacy/medicines/ui/stock-dialogs';
import { Expiry, StockBadge, StockMeter } from '@/features/pharmacy/medicines/ui/stock-marks';
import { levelsByStore } from '@/features/pharmacy/stock-levels/policy';
import { listLevels } from '@/features/pharmacy/stock-levels/queries';
import { LevelList } from '@/features/pharmacy/stock-levels/ui/level-list';
import { storesAndCounter } from '@/features/pharmacy/stores/queries';
import type { NamedStore } from '@/features/pharmacy/stores/ui/store-field';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatInstant, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Medicine' };

export default async function MedicinePage({ params, searchParams }: PageProps<'/medicines/[medicineId]'>) {
  const ctx = await staffPage('medicines:read');
  const { medicineId } = await params;
  const ledger = ledgerQuery.parse(await searchParams);
  const [medicine, batches, quarantine, lots, { stores, open, counter }, levels] = await load(
    Promise.all([
      getMedicine(ctx, medicineId),
      listBatches(ctx, medicineId),
      listQuarantine(ctx, medicineId),
      listLots(ctx, medicineId),
      storesAndCounter(ctx),
      listLevels(ctx, medicineId),
    ]),
  );
  const today = todayIn(ctx.timeZone);
  const canWrite = ctx.can('medicines:write');
  const canMove = canWrite && medicine.isActive;
  const expired = batches.filter((batch) => isExpired(batch.expiresOn, today));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Medicines', href: paths.medicines }, { label: medicine.name }]}
        title={[medicine.name, medicine.strength].filter(Boolean).join(' ')}
        badge={medicine.isActive ? <StockBadge mark={medicine.mark} /> : <Badge>Inactive</Badge>}
        description={[FORMS[medicine.form], medicine.genericName].filter(Boolean).join(', ')}
        actions={
          <>
            {ctx.can('dispenses:write') ? <RecallLot medicineId={medicine.id} lots={lots} /> : null}
            {canWrite ? <Actions {...{ medicine, batches, today, counter }} stores={open} /> : null}
          </>
        }
      />
      <div className="grid gap-5">
        {medicine.isActive ? null : (
          <Alert
            tone="warning"
            title="This medicine is inactive"
            action={
              canWrite ? (
                <ActionButton size="sm" action={activateMedicineAction} fields={{ medicineId: medicine.id }}>
                  Activate
                </ActionButton>
              ) : null
            }
          >
            It is not in the list and can be neither received nor dispensed.
          </Alert>
        )}
        {medicine.stop ? (
          <Alert
            tone="danger"
            title="This medicine is not given out"
            action={canWrite ? <ResumeSelling medicine={medicine} /> : null}
          >
            {medicine.stop.reason} ({medicine.stop.byName},{' '}
            {formatInstant(new Date(medicine.stop.at), ctx.timeZone)})
          </Alert>
        ) : null}
        {expired.length > 0 ? <ExpiredAlert medicine={medicine} expired={expired} canMove={canMove} /> : null}
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid min-w-0 gap-5">
            <BatchList
              {...{ medicine, batches, stores, today }}
              canWrite={canMove}
              more={({ id, lotNumber }) => <LotLabelLink batchId={id} lotNumber={lotNumber} />}
            />
            <QuarantineList {...{ medicine, stores, open, today }} batches={quarantine} canWrite={canMove} />
            {medicine.isActive ? (
              <LevelList
                medicine={medicine}
                levels={levelsByStore(levels, { stores: open, batches, today })}
                canWrite={canMove}
              />
            ) : null}
          </div>
          <Details
            medicine={medicine}
            country={ctx.organization.country}
            today={today}
            canDeactivate={canMove}
          />
        </div>
        <section aria-labelledby="movements" className="grid min-w-0 gap-3">
          <h2 id="movements" className="font-semibold text-[0.9375rem] text-text">
            Movements
          </h2>
          <Suspense fallback={<TableSkeleton rows={5} columns={5} label="Loading movements" />}>
            <Ledger {...{ ctx, medicine, stores, canMove }} query={ledger} />
          </Suspense>
        </section>
      </div>
    </>
  );
}

function Actions({
  medicine,
  batches,
  today,
  stores,
  counter,
}: {
  medicine: Medicine;
  batches: readonly Batch[];
  today: string;
  stores: readonly NamedStore[];
  counter: NamedStore;
}) {
  const usable = usableQuantity(
    batches.filter(({ storeId }) => storeId === counter.id),
    today,
  );
  return (
    <>
      <Link href={`${paths.medicine(medicine.id)}/edit`} className={buttonClass()}>
        <Icon of="pencil" /> Edit
      </Link>
      {medicine.isActive && usable > 0 && !medicine.stop ? (
        <Dispense medicine={medicine} usable={usable} store={counter} />
      ) : null}
      {medicine.isActive ? <ReceiveStock medicine={medicine} stores={stores} /> : null}
    </>
  );
}

function ExpiredAlert({
  medicine,
  expired,
  canMove,
}: {
  medicine: Medicine;
  expired: readonly Batch[];
  canMove: boolean;
}) {
  const quantity = expired.reduce((sum, batch) => sum + batch.quantity, 0);
  return (
    <Alert
      tone="danger"
      title={expired.length === 1 ? 'A batch has expired' : `${expired.length} batches have expired`}
      action={canMove ? <DisposeExpired medicine={medicine} quantity={quantity} /> : null}
    >
      {countOf(quantity, medicine.unit)} on the shelf will not be dispensed.
    </Alert>
  );
}

function Details({
  medicine,
  country,
  today,
  canDeactivate,
}: {
  medicine: Medicine;
  country: string;
  today: string;
  canDeactivate: boolean;
}) {
  return (
    <Section
      title="Details"
      actions={
        canDeactivate ? (
          <>
            {medicine.stop ? null : <StopSelling medicine={medicine} />}
            {medicine.onHand === 0 ? <DeactivateMedicine medicine={medicine} /> : null}
          </>
        ) : null
      }
    >
      <StockMeter
        onHand={medicine.onHand}
        reorderLevel={medicine.reorderLevel}
        unit={medicine.unit}
        mark={medicine.mark}
        className="mb-5"
      />
      <DescriptionList
        columns={2}
        items={[
          { label: 'On hand', value: countOf(medicine.onHand, medicine.unit) },
          { label: 'Reorder level', value: countOf(medicine.reorderLevel, medicine.unit) },
          { label: 'Next expiry', value: <Expiry expiresOn={medicine.nextExpiry} today={today} /> },
          { label: 'Price', value: medicine.priceCents === null ? null : priceText(medicine.priceCents) },
          { label: 'Pack', value: medicine.pack },
          {
            label: 'Class of the law',
            value:
              medicine.controlClass === null
                ? 'Class not set: ask your pharmacist'
                : classLabelOf(country, medicine.controlClass),
          },
          { label: 'Importance', value: medicine.importance ? IMPORTANCES[medicine.importance] : null },
        ]}
      />
      {canDeactivate && medicine.onHand > 0 ? (
        <p className="mt-4 text-[0.8125rem] text-text-subtle">
          A medicine that is no longer kept can be deactivated once its stock is used up.
        </p>
      ) : null}
    </Section>
  );
}

function whereOf({ place, storeId }: Movement, stores: readonly NamedStore[]): string | null {
  if (place === 'transit') return 'in transit';
  const store = stores.length > 1 ? stores.find(({ id }) => id === storeId)?.name : undefined;
  return [place, store].filter(Boolean).join(', ') || null;
}

async function Ledger({
  ctx,
  medicine,
  stores,
  query,
  canMove,
}: {
  ctx: TenantContext;
  medicine: Medicine;
  stores: readonly NamedStore[];
  query: LedgerQuery;
  canMove: boolean;
}) {
  const page = await load(listMovements(ctx, medicine.id, query));
  const href = (cursor: Record<string, string>) =>
    `${paths.medicine(medicine.id)}?${new URLSearchParams(cursor)}`;
  return (
    <MovementsTable
      rows={page.movements.map((one) => ({
        ...one,
        when: formatInstant(new Date(one.at), ctx.timeZone),
        where: whereOf(one, stores),
      }))}
      medicineId={medicine.id}
      unit={medicine.unit}
      canReturn={canMove}
      previousHref={page.before ? href({ before: page.before }) : null}
      nextHref={page.after ? href({ after: page.after }) : null}
    />
  );
}
