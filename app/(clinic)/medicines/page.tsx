import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { MedicinesTable } from '@/components/medicines/medicines-table';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { load, staffPage } from '@/lib/actions/staff';
import { listMedicines } from '@/lib/features/medicines/queries';
import { type MedicineListQuery, medicineListQuery } from '@/lib/features/medicines/schema';
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
          ctx.can('medicines:write') ? (
            <Button asChild variant="primary">
              <Link href={`${paths.medicines}/new`}>
                <Plus aria-hidden="true" /> Add medicine
              </Link>
            </Button>
          ) : null
        }
      />
      <Suspense fallback={<TableSkeleton />}>
        <List ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function List({ ctx, query }: { ctx: TenantContext; query: MedicineListQuery }) {
  const page = await load(listMedicines(ctx, query));
  const href = (cursor: Record<string, string>): string => {
    const params = new URLSearchParams({ ...(query.q ? { q: query.q } : {}), show: query.show, sort: query.sort, ...cursor });
    return `${paths.medicines}?${params}`;
  };
  return (
    <MedicinesTable
      rows={page.medicines}
      today={today(ctx.timeZone)}
      sort={query.sort}
      show={query.show}
      search={query.q}
      previousHref={page.before ? href({ before: page.before }) : null}
      nextHref={page.after ? href({ after: page.after }) : null}
      canWrite={ctx.can('medicines:write')}
    />
  );
}
