import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { FORMS } from '@/features/pharmacy/medicines/policy';
import type { Stocktake } from '@/features/pharmacy/stocktakes/dto';
import {
  getStocktake,
  listDifferences,
  listOthersToApprove,
  listSheet,
} from '@/features/pharmacy/stocktakes/queries';
import { CountSheet } from '@/features/pharmacy/stocktakes/ui/count-sheet';
import {
  CancelCount,
  DecideCount,
  FoundLot,
  SubmitCount,
} from '@/features/pharmacy/stocktakes/ui/stocktake-actions';
import { StocktakeBadge } from '@/features/pharmacy/stocktakes/ui/stocktake-list';
import { load, staffPage } from '@/lib/actions/staff';
import { formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Stocktake' };

export default async function StocktakePage({ params }: PageProps<'/stock/counts/[stocktakeId]'>) {
  const ctx = await staffPage('medicines:read');
  const stocktake = await load(getStocktake(ctx, (await params).stocktakeId));
  return stocktake.state === 'counting' ? (
    <Counting ctx={ctx} stocktake={stocktake} />
  ) : (
    <Compared ctx={ctx} stocktake={stocktake} />
  );
}

type Props = { ctx: TenantContext; stocktake: Stocktake };

const headOf = ({ ctx, stocktake }: Props) => {
  const { number, storeName, form, byName, at, state } = stocktake;
  return {
    breadcrumbs: [{ label: 'Stocktakes', href: paths.stocktakes }, { label: number }],
    title: `${number}, ${storeName}`,
    badge: <StocktakeBadge state={state} />,
    description: `${form ? `${FORMS[form]}. ` : ''}Begun by ${byName}, ${formatInstant(new Date(at), ctx.timeZone)}`,
  };
};

async function Counting(props: Props) {
  const { ctx, stocktake } = props;
  const lines = await load(listSheet(ctx, stocktake));
  const uncounted = lines.filter(({ counted }) => counted === null).length;
  const canWrite = ctx.can('medicines:write');
  return (
    <>
      <PageHeader
        {...headOf(props)}
        actions={
          canWrite ? (
            <>
              <CancelCount key={stocktake.version} stocktake={stocktake} />
              <FoundLot stocktake={stocktake} />
              {uncounted < lines.length ? (
                <SubmitCount key={stocktake.version} stocktake={stocktake} uncounted={uncounted} />
              ) : null}
            </>
          ) : null
        }
      />
      {canWrite ? (
        <CountSheet stocktake={stocktake} lines={lines} />
      ) : (
        <p className="text-sm text-text-muted">It is being counted.</p>
      )}
    </>
  );
}

async function Compared(props: Props) {
  const { ctx, stocktake } = props;
  const isOpen = stocktake.state === 'submitted';
  const [{ compared, uncounted, hasCounted }, { currency }, others] = await load(
    Promise.all([
      listDifferences(ctx, stocktake),
      getBillSettings(ctx),
      isOpen ? listOthersToApprove(ctx) : [],
    ]),
  );
  const different = compared.filter(({ difference }) => difference !== 0);
  const isAlone = hasCounted && others.length === 0;
  const mayApprove = ctx.can('stocktake-approvals:write') && (!hasCounted || isAlone);
  const signed = (quantity: number): string => (quantity > 0 ? `+${quantity}` : String(quantity));
  const worth = (minor: number | null) => (minor === null ? 'Not known' : formatAmount(minor, currency));
  const sum = different.reduce<number | null>(
    (total, { valueMinor }) => (total === null || valueMinor === null ? null : total + valueMinor),
    0,
  );
  return (
    <>
      <PageHeader
        {...headOf(props)}
        actions={
          isOpen ? (
            <>
              {ctx.can('medicines:write') ? (
                <CancelCount key={stocktake.version} stocktake={stocktake} />
              ) : null}
              {mayApprove ? <DecideCount key={`decide-${stocktake.version}`} stocktake={stocktake} /> : null}
            </>
          ) : null
        }
      />
      <div className="grid gap-5">
        {isOpen && !mayApprove ? (
          <Alert tone="info" title="Somebody who has not counted approves it">
            Counted and finished by {stocktake.submittedByName}.
            {hasCounted && others.length > 0
              ? ` ${others.map(({ name }) => name).join(', ')} may, if they have not counted too.`
              : ''}
          </Alert>
        ) : null}
        {isOpen && mayApprove && isAlone ? (
          <Alert tone="warning" title="You approve what you have counted yourself">
            Nobody else here may approve a stocktake. The log says that both were you; who gives a colleague
            that right under Staff has four eyes on the next one.
          </Alert>
        ) : null}
        <Section
          title="Differences"
          description={
            different.length > 0
              ? `${different.length} of ${compared.length} counted lots, worth ${worth(sum)}`
              : `None in ${compared.length} counted lots`
          }
          flush
        >
          <ReportTable
            caption="Differences"
            rows={different}
            rowKey={({ batchId }) => batchId}
            columns={[
              { label: 'Medicine', cell: ({ name }) => name },
              { label: 'Lot', cell: ({ lotNumber }) => lotNumber },
              { label: 'Expires', cell: ({ expiresOn }) => formatDay(expiresOn) },
              { label: 'Should be', cell: ({ expected }) => expected },
              { label: 'Counted', cell: ({ counted }) => counted },
              { label: 'Difference', cell: ({ difference }) => signed(difference) },
              { label: 'Worth', cell: ({ valueMinor }) => worth(valueMinor) },
              { label: 'Counted by', cell: ({ countedByName }) => countedByName },
              { label: 'At', cell: ({ at }) => formatInstant(new Date(at), ctx.timeZone) },
            ]}
            empty="What was counted is what should be there."
          />
        </Section>
        {stocktake.note ? <p className="text-sm text-text-muted">{stocktake.note}</p> : null}
        {uncounted.length > 0 ? (
          <Section title="Not counted" description="The stock of these stays as it is." flush>
            <ReportTable
              caption="Not counted"
              rows={uncounted}
              rowKey={({ batchId }) => batchId}
              columns={[
                { label: 'Medicine', cell: ({ name }) => name },
                { label: 'Lot', cell: ({ lotNumber }) => lotNumber },
                { label: 'Expires', cell: ({ expiresOn }) => formatDay(expiresOn) },
              ]}
              empty=""
            />
          </Section>
        ) : null}
      </div>
    </>
  );
}
