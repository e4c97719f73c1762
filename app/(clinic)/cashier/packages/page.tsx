import type { Metadata } from 'next';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { listPackages } from '@/features/cashier/packages/queries';
import { packageListQuery } from '@/features/cashier/packages/schema';
import { PackageList } from '@/features/cashier/packages/ui/package-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Packages' };

export default async function PackagesPage({ searchParams }: PageProps<'/cashier/packages'>) {
  const ctx = await staffPage('bills:read');
  const query = packageListQuery.parse(await searchParams);
  const { packages, after, before } = await load(listPackages(ctx, query));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Packages' }]}
        title="Packages"
        description="What was sold as one, and what of it was done."
        actions={<ExportLinks href={paths.packagesExport} />}
      />
      <Section title="Sold" flush>
        <PackageList
          packages={packages}
          today={today(ctx.timeZone)}
          showPatient
          empty="None yet. In the price list, say what a package includes; its bill brings it here."
        />
      </Section>
      <Pagination
        label="Packages"
        className="mt-4"
        previousHref={before ? withQuery(paths.packages, { before }) : null}
        nextHref={after ? withQuery(paths.packages, { after }) : null}
      />
    </>
  );
}
