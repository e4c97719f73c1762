import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { AddressSelect } from '@/components/ui/address-select';
import { buttonClass } from '@/components/ui/button';
import { ExportLinks } from '@/components/ui/export-links';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listPayers } from '@/features/cashier/payers/queries';
import { listPriced } from '@/features/cashier/price-list/queries';
import { priceListQuery } from '@/features/cashier/price-list/schema';
import { taxClassesOf } from '@/features/cashier/price-list/taxes';
import { AddService } from '@/features/cashier/price-list/ui/price-dialogs';
import { PriceTable } from '@/features/cashier/price-list/ui/price-table';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Price list' };

export default async function PriceListPage({ searchParams }: PageProps<'/settings/price-list'>) {
  const ctx = await staffPage('bills:read');
  const { show, payer: payerId, branch: branchId } = priceListQuery.parse(await searchParams);
  const branch = ctx.ownBranches.find(({ id }) => id === branchId) ?? null;
  const today = todayIn(ctx.timeZone);
  const [services, settings, payers] = await load(
    Promise.all([
      listPriced(ctx, today, {
        isActive: show === 'active',
        branchId: branch?.id ?? null,
        ...(payerId ? { payer: payerId } : {}),
      }),
      getBillSettings(ctx),
      listPayers(ctx),
    ]),
  );
  const payer = payers.find(({ id }) => id === payerId) ?? null;
  const owner =
    payer || branch
      ? {
          ...(payer ? { payerId: payer.id } : {}),
          ...(branch ? { branchId: branch.id } : {}),
          name: [payer?.name, branch?.name].filter(Boolean).join(' at '),
        }
      : null;
  const taxes = Object.entries(taxClassesOf(settings.country)).map(([value, { label }]) => ({
    value,
    label,
  }));
  const canWrite = ctx.can('prices:write');
  return (
    <>
      <PageHeader
        title="Price list"
        description={
          owner
            ? `What counts for ${owner.name}. Where it has no price of its own, the wider one does.`
            : 'What the hospital bills, and what it costs from which day on.'
        }
        actions={
          <>
            <Link
              href={show === 'active' ? `${paths.priceList}?show=inactive` : paths.priceList}
              className={buttonClass()}
            >
              {show === 'active' ? 'No longer offered' : 'Back to the list'}
            </Link>
            <ExportLinks href={paths.priceListExport} />
            {canWrite ? (
              <Link href={paths.priceListImport} className={buttonClass()}>
                Import
              </Link>
            ) : null}
            {canWrite ? <AddService taxes={taxes} currency={settings.currency} /> : null}
          </>
        }
      />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <div className="mb-5 flex flex-wrap gap-3 empty:hidden">
          {payers.length > 0 ? (
            <AddressSelect
              label="Prices for"
              name="payer"
              all="Everybody"
              options={payers.map(({ id, name }) => ({ value: id, label: name }))}
            />
          ) : null}
          {ctx.ownBranches.length > 1 ? (
            <AddressSelect
              label="Prices at"
              name="branch"
              all="All branches"
              options={ctx.ownBranches.map(({ id, name }) => ({ value: id, label: name }))}
            />
          ) : null}
        </div>
        <PriceTable
          owner={owner}
          services={services}
          currency={settings.currency}
          taxes={taxes}
          today={today}
          canWrite={canWrite}
        />
      </SettingsFrame>
    </>
  );
}
