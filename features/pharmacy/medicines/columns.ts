import type { Columns } from '@/lib/columns';
import type { Medicine } from './dto';
import { FORMS, IMPORTANCES } from './policy';

export const medicineColumns: Columns<Medicine> = [
  ['Name', 'name'],
  ['Generic name', 'genericName'],
  ['Strength', 'strength'],
  ['Form', ({ form }) => FORMS[form]],
  ['Unit', 'unit'],
  ['Pack', 'pack'],
  ['On hand', 'onHand'],
  ['Reorder level', 'reorderLevel'],
  ['Next expiry', 'nextExpiry'],
  ['Price', ({ priceCents }) => (priceCents === null ? null : (priceCents / 100).toFixed(2)), 'list'],
  ['Price in cents', 'priceCents', 'archive'],
  ['Days after opening', 'openDays', 'archive'],
  ['Class', 'controlClass', 'archive'],
  ['Tax', 'taxClass', 'archive'],
  ['Importance', ({ importance }) => (importance ? IMPORTANCES[importance] : null)],
  ['Active', 'isActive', 'archive'],
];
