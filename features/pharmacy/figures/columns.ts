import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import type {
  DisposalFigure,
  ItemFigure,
  PurchaseTax,
  StockFigure,
  StoreValue,
  SupplierFigure,
} from './queries';

const money = (minor: number | null, code: string): string | null =>
  minor === null ? null : decimalOf(minor, code);

export const itemColumns = (code: string): Columns<ItemFigure> => [
  ['Medicine', 'name'],
  ['Given out', 'pieces'],
  ['Unit', 'unit'],
  [`Cost (${code})`, ({ costMinor }) => money(costMinor, code)],
  [`Billed before tax (${code})`, ({ billedMinor }) => money(billedMinor, code)],
  [`Margin (${code})`, ({ marginMinor }) => money(marginMinor, code)],
];

export const supplierColumns = (code: string): Columns<SupplierFigure> => [
  ['Supplier', 'name'],
  ['Invoices', 'invoices'],
  [`Before tax (${code})`, ({ taxableMinor }) => money(taxableMinor, code)],
  [`Tax (${code})`, ({ taxMinor }) => money(taxMinor, code)],
  [`Total (${code})`, ({ totalMinor }) => money(totalMinor, code)],
  [`To pay (${code})`, ({ dueMinor }) => money(dueMinor, code)],
];

export const taxColumns = (code: string): Columns<PurchaseTax> => [
  ['What', 'what'],
  [`Before tax (${code})`, ({ taxableMinor }) => money(taxableMinor, code)],
  [`Tax (${code})`, ({ taxMinor }) => money(taxMinor, code)],
  [`Claimed back (${code})`, ({ claimedMinor }) => money(claimedMinor, code)],
];

export const placeColumns = (code: string): Columns<StoreValue> => [
  ['Where', 'name'],
  ['Lots', 'lots'],
  ['Pieces', 'pieces'],
  [
    `Cost (${code})`,
    ({ valueMinor, unknown, lots }) => money(lots > 0 && unknown === lots ? null : valueMinor, code),
  ],
  ['Lots of unknown cost', 'unknown'],
];

export const stockColumns = (code: string): Columns<StockFigure> => [
  ['Medicine', 'name'],
  ['Lots', 'lots'],
  ['There', 'pieces'],
  ['Unit', 'unit'],
  [`Cost (${code})`, ({ valueMinor }) => money(valueMinor, code)],
];

export const disposalColumns = (code: string): Columns<DisposalFigure> => [
  ['Medicine', 'name'],
  ['Why', 'reason'],
  ['Thrown away', 'pieces'],
  ['Unit', 'unit'],
  [`Cost (${code})`, ({ costMinor }) => money(costMinor, code)],
];
