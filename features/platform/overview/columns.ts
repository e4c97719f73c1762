import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import type { OrganizationSummary } from './dto';

export const organizationColumns: Columns<OrganizationSummary> = [
  ['Id', 'id'],
  ['Name', 'name'],
  ['Country', 'country'],
  ['Status', 'status'],
  ['On trial', ({ isTrial }) => (isTrial ? 'yes' : '')],
  ['Kind', 'purpose'],
  ['Plan', 'plan'],
  ['Users', ({ seats }) => seats.used],
  ['Users limit', ({ seats }) => seats.limit],
  ['Storage bytes', ({ storage }) => storage.usedBytes],
  ['Storage limit bytes', ({ storage }) => storage.limitBytes],
  ['Monthly revenue', ({ mrr }) => (mrr ? Number(decimalOf(mrr.cents, mrr.currency.toUpperCase())) : null)],
  ['Currency', ({ mrr }) => mrr?.currency],
  ['Created', 'createdAt'],
  ['Next renewal', 'renewsAt'],
];
