import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { proposeRefills } from '@/features/pharmacy/stock-levels/queries';
import { listStores } from '@/features/pharmacy/stores/queries';
import { MOST_LOTS } from '@/features/pharmacy/transfers/policy';
import { listLotsIn } from '@/features/pharmacy/transfers/queries';
import { newTransferQuery } from '@/features/pharmacy/transfers/schema';
import { SendForm } from '@/features/pharmacy/transfers/ui/send-form';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'New transfer' };

export default async function NewTransferPage({ searchParams }: PageProps<'/stock/transfers/new'>) {
  const ctx = await staffPage('medicines:write');
  const query = newTransferQuery.parse(await searchParams);
  const stores = await load(listStores(ctx));
  const from = stores.find(({ id }) => id === query.from);
  const [lots, refill] = await load(
    Promise.all([
      from ? listLotsIn(ctx, from.id) : [],
      from && query.to && query.to !== from.id ? proposeRefills(ctx, [query.to], from.id) : [],
    ]),
  );
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Transfers', href: paths.transfers }, { label: 'New' }]}
        title={from ? `Transfer from ${from.name}` : 'New transfer'}
        description="It leaves the store at once, and is on its way until the other store takes it in."
      />
      {stores.length < 2 ? (
        <p className="text-sm text-text-muted">
          There is one store.{' '}
          <Link href={paths.stores} className="underline">
            Add another
          </Link>{' '}
          to transfer something.
        </p>
      ) : from ? (
        <SendForm
          from={from}
          others={stores.filter(({ id, isActive }) => isActive && id !== from.id)}
          lots={lots}
          toId={query.to ?? ''}
          proposed={refill.flatMap(({ lines }) => lines.flatMap((line) => line.lots)).slice(0, MOST_LOTS)}
          today={today(ctx.timeZone)}
        />
      ) : (
        <Section title="Which store does it leave?">
          <ul className="flex flex-wrap gap-2">
            {stores.map(({ id, name }) => (
              <li key={id}>
                <Link href={withQuery(paths.newTransfer, { from: id })} className={buttonClass()}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
