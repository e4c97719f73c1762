import type { Metadata } from 'next';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { listReturnableLots } from '@/features/pharmacy/supplier-returns/queries';
import { newSupplierReturnQuery } from '@/features/pharmacy/supplier-returns/schema';
import { ReturnLotsForm } from '@/features/pharmacy/supplier-returns/ui/return-lots-form';
import { listSuppliers } from '@/features/pharmacy/suppliers/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Return to a supplier' };

export default async function NewSupplierReturnPage({ searchParams }: PageProps<'/purchases/returns/new'>) {
  const ctx = await staffPage('purchases:write');
  const { supplier: supplierId } = newSupplierReturnQuery.parse(await searchParams);
  const [suppliers, lots, { currency }] = await load(
    Promise.all([
      listSuppliers(ctx),
      supplierId ? listReturnableLots(ctx, supplierId) : [],
      getBillSettings(ctx),
    ]),
  );
  const chosen = suppliers.find(({ id }) => id === supplierId);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Returns to suppliers', href: paths.supplierReturns },
          { label: chosen?.name ?? 'New' },
        ]}
        title={chosen ? `Send back to ${chosen.name}` : 'Send back to a supplier'}
        description="It leaves the stock at once; the credit is waited for."
      />
      {chosen && supplierId ? (
        lots.length > 0 ? (
          <ReturnLotsForm
            supplierId={supplierId}
            lots={lots}
            currency={currency}
            today={today(ctx.timeZone)}
          />
        ) : (
          <p className="text-sm text-text-muted">Nothing that came from {chosen.name} is here.</p>
        )
      ) : (
        <Section title="To whom does it go back?">
          {suppliers.length === 0 ? (
            <p className="text-sm text-text-muted">There is no supplier yet.</p>
          ) : null}
          <ul className="flex flex-wrap gap-2">
            {suppliers.map(({ id, name }) => (
              <li key={id}>
                <Link href={withQuery(paths.newSupplierReturn, { supplier: id })} className={buttonClass()}>
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
