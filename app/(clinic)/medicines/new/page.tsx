import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { MedicineForm } from '@/features/pharmacy/medicines/ui/medicine-form';
import { staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Add medicine' };

export default async function NewMedicinePage() {
  const ctx = await staffPage('medicines:write');
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title="Add medicine"
        breadcrumbs={[{ label: 'Medicines', href: paths.medicines }, { label: 'Add' }]}
      />
      <Card className="p-5 sm:p-6">
        <MedicineForm country={ctx.organization.country} />
      </Card>
    </div>
  );
}
