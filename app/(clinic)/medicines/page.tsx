import type { Metadata } from 'next';
import { Suspense } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Plus } from '@/components/ui/icons';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { EXPIRY_NOTICE_DAYS } from '@/features/pharmacy/medicines/policy';
import { countMedicines, listMedicines } from '@/features/pharmacy/medicines/queries';
import { type MedicineListQuery, medicineListQuery } from '@/features/pharmacy/medicines/schema';
import { medicinesHref, withinOf } from '@/features/pharmacy/medicines/ui/addresses';
import { FilterChips } from '@/features/pharmacy/medicines/ui/filter-chips';
import { MedicinesTable } from '@/features/pharmacy/medicines/ui/medicines-table';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
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
                <Plus aria-hidden="true" /> Add medicine
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
  const [page, counts] = await load(Promise.all([listMedicines(ctx, query), countMedicines(ctx)]));
  const { q, show, sort, within } = query;
  const place = { show, sort, ...(show === 'expiring' ? withinOf(within) : {}) };
  return (
    <MedicinesTable
      rows={page.medicines}
      today={today(ctx.timeZone)}
      sort={sort}
      show={show}
      search={q}
      summary={
        q
          ? foundText(page.medicines.length, page.hasMore)
          : show === 'expiring' && within < EXPIRY_NOTICE_DAYS
            ? `With a lot that expires within ${within} days`
            : totalText(counts[show])
      }
      filters={<FilterChips show={show} search={q} counts={counts} within={within} />}
      previousHref={page.before ? medicinesHref({ ...place, before: page.before }) : null}
      nextHref={page.after ? medicinesHref({ ...place, after: page.after }) : null}
      canWrite={ctx.can('medicines:write')}
    />
  );
}

const foundText = (count: number, hasMore: boolean): string =>
  hasMore ? `The first ${count} are shown. Type more to narrow it down.` : `${count} found`;

const totalText = (count: number): string =>
  count === 1 ? '1 medicine' : `${count.toLocaleString('en')} medicines`;
