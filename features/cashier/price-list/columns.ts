import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import { CONSULTATIONS, GROUPS } from './policy';
import type { PricedService } from './queries';
import { taxClassesOf } from './taxes';

/** How the price list leaves as a spreadsheet, and comes back from one (`spreadsheet.ts`). */
export const priceListColumns = (currency: string, country: string): Columns<PricedService> => [
  ['Code', 'code'],
  ['Name', 'name'],
  ['Group', ({ group }) => GROUPS[group]],
  ['Tax', ({ taxClass }) => taxClassesOf(country)[taxClass]?.label ?? taxClass],
  ['Fee of a visit', ({ consultation }) => (consultation ? CONSULTATIONS[consultation] : '')],
  ['Price', ({ price }) => (price ? decimalOf(price.amountMinor, currency) : '')],
  ['With tax', ({ price }) => (price ? (price.isInclusive ? 'yes' : 'no') : '')],
];
