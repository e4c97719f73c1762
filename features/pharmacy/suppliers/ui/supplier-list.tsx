import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import type { Supplier } from '../dto';
import { EditSupplier } from './supplier-dialogs';

/** Who the pharmacy buys from. */
export function SupplierList({
  suppliers,
  canWrite,
  isIndia,
}: {
  suppliers: readonly Supplier[];
  canWrite: boolean;
  isIndia: boolean;
}) {
  return (
    <ul aria-label="Suppliers" className="divide-y divide-border">
      {suppliers.map((supplier) => (
        <li key={supplier.id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2 font-medium text-text">
              <Link href={paths.supplier(supplier.id)} className="hover:underline">
                {supplier.name}
              </Link>
              {supplier.isActive ? null : <Badge>Not used</Badge>}
            </p>
            <p className="break-words text-[0.8125rem] text-text-muted">
              {[
                supplier.taxNumber ? `${isIndia ? 'GSTIN' : 'Tax number'} ${supplier.taxNumber}` : '',
                supplier.licence ? `licence ${supplier.licence}` : '',
                supplier.phone,
                supplier.email,
                supplier.creditDays === 0 ? 'cash' : `${supplier.creditDays} days of credit`,
              ]
                .filter(Boolean)
                .join(', ')}
            </p>
          </div>
          {canWrite ? <EditSupplier key={supplier.version} supplier={supplier} isIndia={isIndia} /> : null}
        </li>
      ))}
    </ul>
  );
}
