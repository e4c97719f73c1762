import type { Metadata } from 'next';
import { Button, buttonClass } from '@/components/ui/button';
import { Card, Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { Select } from '@/components/ui/select';
import { TextLink } from '@/components/ui/text-link';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { proposeRefills } from '@/features/pharmacy/stock-levels/queries';
import { refillQuery } from '@/features/pharmacy/stock-levels/schema';
import { listOpenStores } from '@/features/pharmacy/stores/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { EVERYWHERE, scopeOf, scopesOf } from '@/lib/tenancy/at-branch';

export const metadata: Metadata = { title: 'What to refill' };

export default async function RefillPage({ searchParams }: PageProps<'/stock/refill'>) {
  const ctx = await staffPage('medicines:read');
  const { branch } = refillQuery.parse(await searchParams);
  const scope = scopeOf(ctx, branch ?? ctx.branch.id);
  const scopes = scopesOf(ctx);
  const [first, ...others] = await load(listOpenStores(ctx));
  const groups = first
    ? await load(
        proposeRefills(
          ctx,
          others.map(({ id }) => id),
          first.id,
        ),
      )
    : [];
  // All stores are proposed for together: what is promised to one is not promised to the next.
  const here = others.filter(({ branchId }) => scope === EVERYWHERE || branchId === scope);
  const short = here.flatMap((store) => {
    const lines = groups.find(({ storeId }) => storeId === store.id)?.lines ?? [];
    return lines.length > 0 ? [{ store, lines }] : [];
  });
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Stores', href: paths.stores }, { label: 'What to refill' }]}
        title="What to refill"
        description={`What has come to its least in a store, and goes there out of ${first?.name ?? 'the first store'}. Least and most stand on the page of each medicine.`}
      />
      {scopes.length > 0 ? (
        <form action={paths.refill} className="no-print mb-5 flex flex-wrap items-end gap-3">
          <Field label="Branch">
            {(control) => <Select {...control} name="branch" defaultValue={scope} options={scopes} />}
          </Field>
          <Button type="submit">Show</Button>
        </form>
      ) : null}
      {short.length === 0 ? (
        <Card>
          <EmptyState icon={<Icon of="package-check" />} title="Nothing is to be refilled">
            Every store has more than its least, with what is on its way to it.
          </EmptyState>
        </Card>
      ) : null}
      <div className="grid gap-5">
        {short.map(({ store, lines }) => (
          <Section
            key={store.id}
            title={store.name}
            flush
            actions={
              first && ctx.can('medicines:write') && lines.some(({ lots }) => lots.length > 0) ? (
                <Link
                  href={withQuery(paths.newTransfer, { from: first.id, to: store.id })}
                  className={buttonClass({ size: 'sm', variant: 'primary' })}
                  aria-label={`Make a transfer to ${store.name}`}
                >
                  Make a transfer
                </Link>
              ) : null
            }
          >
            <ReportTable
              caption={`To refill, ${store.name}`}
              rows={lines}
              rowKey={({ id }) => id}
              columns={[
                {
                  label: 'Medicine',
                  cell: ({ id, name }) => <TextLink href={paths.medicine(id)}>{name}</TextLink>,
                },
                { label: 'There', cell: ({ there, unit }) => countOf(there, unit) },
                { label: 'On its way', cell: ({ coming }) => coming },
                { label: 'Least', cell: ({ min }) => min },
                { label: 'Most', cell: ({ max }) => max },
                { label: 'Needs', cell: ({ needed, unit }) => countOf(needed, unit) },
                {
                  label: `${first?.name ?? 'There'} can send`,
                  cell: ({ lots }) => lots.reduce((sum, { quantity }) => sum + quantity, 0),
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
