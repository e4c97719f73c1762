import { medicineColumns } from '@/features/pharmacy/medicines/columns';
import { eachMedicine } from '@/features/pharmacy/medicines/queries';
import { noQuery, staffExport } from '@/lib/actions/exports';

/** The formulary with its stock, streamed. */
export const GET = staffExport({
  permission: 'medicines:read',
  audit: 'medicine.export',
  query: noQuery,
  name: (_query, day) => `medicines-${day}`,
  columns: medicineColumns,
  rows: eachMedicine,
});
