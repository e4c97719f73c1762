import type { Metadata } from 'next';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { readStoreValues, type StoreValue } from '@/features/pharmacy/figures/queries';
import type { Store } from '@/features/pharmacy/stores/dto';
import { AddStore, EditStore } from '@/features/pharmacy/stores/ui/store-dialogs';
import { StoreState } from '@/features/pharmacy/transfers/ui/store-actions';
import { load, staffPage } from '@/lib/actions/staff';
import { branchChoices, branchNameOf } from '@/lib/branches';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Stores' };

export default async function StoresPage() {
  const ctx = await staffPage('medicines:read');
  const [{ stores, values }, { currency }] = await load(
    Promise.all([readStoreValues(ctx), getBillSettings(ctx)]),
  );
  const canChange = ctx.can('settings:write');
  const branches = ctx.ownBranches.map(({ id, name }) => ({ id, name }));
  const where = ({ branchId }: Store): string => {
    const name = branchNameOf(ctx, branchId);
    return name ? `At ${name}: ` : '';
  };
  const isValued = ctx.can('purchases:read');
  const said = (value: StoreValue | undefined): string => {
    if (!value || value.pieces === 0) return 'Nothing in it';
    const lots = value.lots === 1 ? '1 lot' : `${value.lots.toLocaleString('en')} lots`;
    if (!isValued) return lots;
    const unknown = value.unknown > 0 ? `, ${value.unknown} of them of unknown cost` : '';
    return `${lots}, cost ${formatAmount(value.valueMinor, currency)}${unknown}`;
  };
  const elsewhere = values.filter(({ kind }) => kind !== 'shelf');
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Medicines', href: paths.medicines }, { label: 'Stores' }]}
        title="Stores"
        description="Where stock stands, and what it has cost."
        actions={
          <>
            <Link href={paths.transfers} className={buttonClass()}>
              Transfers
            </Link>
            {stores.length > 1 ? (
              <Link href={paths.refill} className={buttonClass()}>
                What to refill
              </Link>
            ) : null}
            {isValued ? (
              <Link href={paths.analysis} className={buttonClass()}>
                Use and stock
              </Link>
            ) : null}
            <Link href={paths.stocktakes} className={buttonClass()}>
              Stocktakes
            </Link>
            {ctx.can('medicines:write') ? (
              <Link href={paths.openingStock} className={buttonClass()}>
                Opening stock
              </Link>
            ) : null}
            {canChange ? <AddStore branches={branches} branchId={ctx.branch.id} /> : null}
          </>
        }
      />
      <Section title="Stores" flush>
        <ul aria-label="Stores" className="divide-y divide-border">
          {stores.map((store) => (
            <li
              key={store.id}
              className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5"
            >
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2 font-medium text-text">
                  {store.name}
                  {store.isCounter ? <Badge tone="accent">Counter</Badge> : null}
                  {store.isActive ? null : <Badge>Closed</Badge>}
                </p>
                <p className="text-[0.8125rem] text-text-muted tabular-nums">
                  {where(store)}
                  {said(values.find(({ place }) => place === store.id))}
                </p>
              </div>
              <div className="flex flex-wrap gap-2">
                {ctx.can('medicines:write') && stores.length > 1 ? (
                  <Link
                    href={withQuery(paths.newTransfer, { from: store.id })}
                    aria-label={`Transfer from ${store.name}`}
                    className={buttonClass({ size: 'sm' })}
                  >
                    Transfer
                  </Link>
                ) : null}
                {canChange ? (
                  <EditStore
                    key={store.version}
                    store={store}
                    branches={store.isFirst || store.isCounter ? [] : branchChoices(ctx, store.branchId)}
                  />
                ) : null}
                {canChange ? <StoreState store={store} /> : null}
              </div>
            </li>
          ))}
          {elsewhere.map((value) => (
            <li key={value.place} className="px-4 py-3 sm:px-5">
              <p className="font-medium text-text">{value.name}</p>
              <p className="text-[0.8125rem] text-text-muted tabular-nums">{said(value)}</p>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
