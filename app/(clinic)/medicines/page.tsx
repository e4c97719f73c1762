import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Button, buttonClass } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Select } from '@/components/ui/select';
import { TableSkeleton } from '@/components/ui/skeleton';
import { listMedicinesAt } from '@/features/pharmacy/branch-stock/queries';
import { EXPIRY_NOTICE_DAYS, type MedicineSort, SORTS_OF } from '@/features/pharmacy/medicines/policy';
import { type MedicineListQuery, medicineListQuery } from '@/features/pharmacy/medicines/schema';
import { medicinesHref, withinOf } from '@/features/pharmacy/medicines/ui/addresses';
import { FilterChips } from '@/features/pharmacy/medicines/ui/filter-chips';
import { MedicinesTable } from '@/features/pharmacy/medicines/ui/medicines-table';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { EVERYWHERE, scopeOf, scopesOf } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Medicines' };

export default async function MedicinesPage({ searchParams }: PageProps<'/medicines'>) {
  const ctx = await staffPage('medicines:read');
  const query = medicineListQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Medicines"
        actions={
          <>
            <Link href={paths.stores} className={buttonClass()}>
              Stores
            </Link>
            {ctx.can('medicines:write') ? (
              <Link href={paths.newMedicine} className={buttonClass({ variant: 'primary' })}>
                <Icon of="plus" /> Add medicine
              </Link>
            ) : null}
          </>
        }
      />
      {/* No key: the search box is inside, and must keep its focus while the list changes under it. */}
      <Suspense fallback={<TableSkeleton rows={8} columns={5} label="Loading medicines" />}>
        <MedicineList ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function MedicineList({ ctx, query }: { ctx: TenantContext; query: MedicineListQuery }) {
  const scopes = scopesOf(ctx);
  const branch = scopeOf(ctx, query.branch ?? ctx.branch.id);
  const isOfBranch = scopes.length > 0 && branch !== EVERYWHERE;
  // Only views that are computed for a branch can be in the order of its stock.
  const sort = isOfBranch && query.show === 'all' ? onlyByName(query.sort) : query.sort;
  const { page, counts } = await load(listMedicinesAt(ctx, { ...query, sort }, branch));
  const { q, show, within } = query;
  const asked = query.branch ? { branch: query.branch } : {};
  const place = { show, sort, ...asked, ...(show === 'expiring' ? withinOf(within) : {}) };
  return (
    <MedicinesTable
      rows={page.medicines}
      today={today(ctx.timeZone)}
      sort={sort}
      sorts={isOfBranch && show === 'all' ? ['name'] : SORTS_OF[show]}
      show={show}
      search={q}
      summary={
        q
          ? foundText(page.medicines.length, page.hasMore)
          : show === 'expiring' && within < EXPIRY_NOTICE_DAYS
            ? `With a lot that expires within ${within} days`
            : totalText(counts[show])
      }
      filters={
        <>
          {scopes.length > 0 ? (
            <form action={paths.medicines} className="no-print flex flex-wrap items-end gap-3">
              {show === 'all' ? null : <input type="hidden" name="show" value={show} />}
              {q ? <input type="hidden" name="q" value={q} /> : null}
              <Field label="Stock of">
                {(control) => <Select {...control} name="branch" defaultValue={branch} options={scopes} />}
              </Field>
              <Button type="submit">Show</Button>
            </form>
          ) : null}
          <FilterChips show={show} search={q} counts={counts} within={within} asked={asked} />
        </>
      }
      previousHref={page.before ? medicinesHref({ ...place, before: page.before }) : null}
      nextHref={page.after ? medicinesHref({ ...place, after: page.after }) : null}
      canWrite={ctx.can('medicines:write')}
    />
  );
}

const onlyByName = (sort: MedicineSort): MedicineSort => (sort.endsWith('name') ? sort : 'name');

const foundText = (count: number, hasMore: boolean): string =>
  hasMore ? `The first ${count} are shown. Type more to narrow it down.` : `${count} found`;

const totalText = (count: number): string =>
  count === 1 ? '1 medicine' : `${count.toLocaleString('en')} medicines`;
