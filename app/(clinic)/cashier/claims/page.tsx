import type { Metadata } from 'next';
import { AddressSelect } from '@/components/ui/address-select';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { TabLinks } from '@/components/ui/tabs';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { CLAIM_TURN_IDS, CLAIM_TURNS } from '@/features/cashier/claims/policy';
import { listClaims, outstandingByPayer } from '@/features/cashier/claims/queries';
import { claimListQuery } from '@/features/cashier/claims/schema';
import { ClaimList } from '@/features/cashier/claims/ui/claim-list';
import { OutstandingTable } from '@/features/cashier/claims/ui/outstanding-table';
import { listPayers } from '@/features/cashier/payers/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Claims' };

const EMPTY = {
  ours: 'Nothing is to be done. A claim comes here when a bill is issued with a payer.',
  payer: 'No payer has anything of ours.',
  closed: 'No claim is closed yet.',
} as const;

/** What payers are asked, and what they owe. */
export default async function ClaimsPage({ searchParams }: PageProps<'/cashier/claims'>) {
  const ctx = await staffPage('bills:read');
  const query = claimListQuery.parse(await searchParams);
  const today = todayIn(ctx.timeZone);
  const [page, outstanding, payers, { currency }] = await load(
    Promise.all([
      ...([listClaims(ctx, query), outstandingByPayer(ctx, today)] as const),
      ...([listPayers(ctx), getBillSettings(ctx)] as const),
    ]),
  );
  const { show, payer = null } = query;
  const href = (more: Record<string, string | null>) => withQuery(paths.claims, { show, payer, ...more });
  const canWrite = ctx.can('claims:write');
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Claims' }]}
        title="Claims"
        description="What insurers, schemes, employers and sponsors are asked to pay."
        actions={
          <>
            <ExportLinks
              href={withQuery(paths.claimsExport, { by: 'claim', payer })}
              what="the open claims"
            />
            <Link href={paths.tds} className={buttonClass()}>
              Tax withheld
            </Link>
            {canWrite ? (
              <Link href={paths.settleClaims} className={buttonClass({ variant: 'primary' })}>
                Enter a transfer
              </Link>
            ) : null}
          </>
        }
      />
      <div className="mb-5 flex flex-wrap items-center justify-between gap-3">
        <TabLinks
          label="Worklists"
          items={CLAIM_TURN_IDS.map((turn) => ({
            href: withQuery(paths.claims, { show: turn, payer }),
            label: CLAIM_TURNS[turn],
            active: turn === show,
          }))}
        />
        {payers.length > 0 ? (
          <AddressSelect
            name="payer"
            label="Payer"
            all="All payers"
            options={payers.map(({ id, name }) => ({ value: id, label: name }))}
          />
        ) : null}
      </div>
      <Section title={CLAIM_TURNS[show]} description="Oldest first" flush>
        <ClaimList
          claims={page.claims}
          currency={currency}
          today={today}
          label={CLAIM_TURNS[show]}
          empty={EMPTY[show]}
        />
      </Section>
      <Pagination
        label="Claims"
        className="mt-4"
        previousHref={page.before ? href({ before: page.before }) : null}
        nextHref={page.after ? href({ after: page.after }) : null}
      />
      <Section
        title="Owed by payers"
        description="By how long ago it was billed"
        className="mt-5"
        actions={<ExportLinks href={paths.claimsExport} what="what is owed" size="sm" />}
        flush
      >
        <OutstandingTable rows={outstanding} currency={currency} canSettle={canWrite} />
      </Section>
    </>
  );
}
