import type { Metadata } from 'next';
import { AddressSelect } from '@/components/ui/address-select';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listOpenClaims, outstandingByPayer } from '@/features/cashier/claims/queries';
import { tdsSectionOn } from '@/features/cashier/payers/policy';
import { getPayer } from '@/features/cashier/payers/queries';
import { listSettlements } from '@/features/cashier/settlements/queries';
import { settleQuery } from '@/features/cashier/settlements/schema';
import { SettleForm } from '@/features/cashier/settlements/ui/settle-form';
import { SettlementList } from '@/features/cashier/settlements/ui/settlement-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Enter a transfer' };

async function readPayer(ctx: TenantContext, payerId: string) {
  const [payer, claims, settlements] = await Promise.all([
    getPayer(ctx, payerId),
    listOpenClaims(ctx, payerId),
    listSettlements(ctx, payerId),
  ]);
  return { payer, claims, settlements };
}

/** One transfer of a payer over one claim or several. */
export default async function SettlePage({ searchParams }: PageProps<'/cashier/claims/settle'>) {
  const ctx = await staffPage('claims:write');
  const { payer: payerId, claim } = settleQuery.parse(await searchParams);
  const today = todayIn(ctx.timeZone);
  const [outstanding, { currency, country }, read] = await load(
    Promise.all([
      outstandingByPayer(ctx, today),
      getBillSettings(ctx),
      payerId ? readPayer(ctx, payerId) : null,
    ]),
  );
  const options = outstanding.map((row) => ({ value: row.payerId, label: row.payerName }));
  if (read && !options.some(({ value }) => value === read.payer.id))
    options.push({ value: read.payer.id, label: read.payer.name });
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Cashier', href: paths.cashier },
          { label: 'Claims', href: paths.claims },
          { label: 'Transfer' },
        ]}
        title={read ? `Transfer of ${read.payer.name}` : 'Enter a transfer'}
        actions={
          read && read.claims.length > 0 ? (
            <a href={paths.payerPrint(read.payer.id)} className={buttonClass()}>
              <Icon of="printer" /> Print what is open
            </a>
          ) : null
        }
        description="What a payer has paid, for which claims, with the tax that it withheld and what it cut."
      />
      <div className="mb-5">
        <AddressSelect name="payer" label="Payer" all="Choose the payer" options={options} />
      </div>
      {read ? (
        <div className="grid gap-5">
          <Section title="Open claims" description="Oldest first">
            {read.claims.length === 0 ? (
              <p className="text-text-muted">Nothing is open with {read.payer.name}.</p>
            ) : (
              <SettleForm
                key={`${read.payer.id}-${read.settlements[0]?.id ?? ''}`}
                payerId={read.payer.id}
                tdsBp={read.payer.tdsBp ?? 0}
                tdsLabel={country === 'IN' ? `TDS, ${tdsSectionOn(today)}` : 'Tax withheld'}
                claims={read.claims.map(({ id, number, patientName, billNumber, day, openMinor }) => ({
                  ...{ id, number, patientName, openMinor },
                  about: [billNumber, formatDay(day)].filter(Boolean).join(', '),
                }))}
                chosen={claim ?? null}
                currency={currency}
                today={today}
              />
            )}
          </Section>
          <Section title="Entered before" flush>
            <SettlementList settlements={read.settlements} currency={currency} />
          </Section>
        </div>
      ) : (
        <p className="text-text-muted">
          {options.length === 0 ? 'No payer owes anything.' : 'Choose the payer, to see what it owes.'}
        </p>
      )}
    </>
  );
}
