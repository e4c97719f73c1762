import type { Metadata } from 'next';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { getMedicine } from '@/features/pharmacy/medicines/queries';
import { MedicineForm } from '@/features/pharmacy/medicines/ui/medicine-form';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Edit medicine' };

export default async function EditMedicinePage({ params }: PageProps<'/medicines/[medicineId]/edit'>) {
  const ctx = await staffPage('medicines:write');
  const medicine = await load(getMedicine(ctx, (await params).medicineId));
  return (
    <div className="mx-auto max-w-2xl">
      <PageHeader
        title={`Edit ${medicine.name}`}
        breadcrumbs={[
          { label: 'Medicines', href: paths.medicines },
          { label: medicine.name, href: paths.medicine(medicine.id) },
          { label: 'Edit' },
        ]}
      />
      <Card className="p-5 sm:p-6">
        <MedicineForm country={ctx.organization.country} medicine={medicine} />
      </Card>
    </div>
  );
}
