import { FORMS } from '@/features/pharmacy/medicines/policy';
import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import type { StockRow } from './queries';
import { OPENING_HEADINGS as HEADING } from './spreadsheet';

/** As the import reads it, so that one hospital's stock is another's opening stock. */
export const stockRowColumns = (currency: string): Columns<StockRow> => [
  [HEADING.name, 'name'],
  [HEADING.strength, 'strength'],
  [HEADING.form, ({ form }) => FORMS[form]],
  [HEADING.genericName, 'genericName'],
  [HEADING.unit, 'unit'],
  [HEADING.reorderLevel, 'reorderLevel'],
  [HEADING.price, ({ priceCents }) => (priceCents === null ? null : (priceCents / 100).toFixed(2))],
  [HEADING.controlClass, 'controlClass'],
  [HEADING.lotNumber, 'lotNumber'],
  [HEADING.expiresOn, 'expiresOn'],
  [HEADING.quantity, 'quantity'],
  [HEADING.cost, ({ costMinor }) => (costMinor === null ? null : decimalOf(costMinor, currency))],
  [HEADING.mrp, ({ mrpMinor }) => (mrpMinor === null ? null : decimalOf(mrpMinor, currency))],
  [HEADING.store, 'storeName'],
];
