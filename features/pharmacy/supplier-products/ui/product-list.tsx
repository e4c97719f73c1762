import { ConfirmAction } from '@/components/forms/confirm-action';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { paths } from '@/lib/paths';
import { forgetProductAction } from '../actions';
import type { SupplierProduct } from '../queries';

/** What a supplier calls our medicines. */
export function ProductList({
  supplierId,
  products,
  canWrite,
}: {
  supplierId: string;
  products: readonly SupplierProduct[];
  canWrite: boolean;
}) {
  return (
    <ul aria-label="Names of the supplier" className="divide-y divide-border">
      {products.map(({ id, written, isCode, medicineId, medicineName, unitsPerPack, unit }) => (
        <li key={id} className="flex items-center justify-between gap-3 px-4 py-2.5 sm:px-5">
          <p className="min-w-0 break-words text-sm text-text">
            {isCode ? `Code ${written}` : written}
            <span className="block text-[0.8125rem] text-text-muted">
              <Link href={paths.medicine(medicineId)} className="hover:underline">
                {medicineName}
              </Link>
              , {countOf(unitsPerPack, unit)} in a pack
            </span>
          </p>
          {canWrite ? (
            <ConfirmAction
              trigger={
                <Button variant="ghost" size="icon-sm" aria-label={`Forget ${written}`}>
                  <Icon of="x" />
                </Button>
              }
              title={`Forget “${written}”?`}
              description={`It is ${medicineName} until now. The next invoice with it asks which medicine it is.`}
              confirm="Forget it"
              action={forgetProductAction}
              fields={{ supplierId, productId: id }}
            />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
