import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { PageHeader } from '@/components/ui/page-header';
import { listSuppliers } from '@/features/pharmacy/suppliers/queries';
import { AddSupplier } from '@/features/pharmacy/suppliers/ui/supplier-dialogs';
import { SupplierList } from '@/features/pharmacy/suppliers/ui/supplier-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Suppliers' };

export default async function SuppliersPage() {
  const ctx = await staffPage('purchases:read');
  const suppliers = await load(listSuppliers(ctx));
  const isIndia = ctx.organization.country === 'IN';
  const canWrite = ctx.can('purchases:write');
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Purchases', href: paths.purchases }, { label: 'Suppliers' }]}
        title="Suppliers"
        description="Who the pharmacy buys from, and until when invoices are paid."
        actions={canWrite ? <AddSupplier isIndia={isIndia} /> : null}
      />
      <Card>
        {suppliers.length === 0 ? (
          <EmptyState icon={<Icon of="truck" />} title="No suppliers yet">
            Add the first one; then its invoices can be entered.
          </EmptyState>
        ) : (
          <SupplierList suppliers={suppliers} canWrite={canWrite} isIndia={isIndia} />
        )}
      </Card>
    </>
  );
}
