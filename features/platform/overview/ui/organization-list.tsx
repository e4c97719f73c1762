import { AddressSelect } from '@/components/ui/address-select';
import { SearchInput } from '@/components/ui/search-input';
import { PURPOSE_LABEL } from '@/features/fleet/demos/policy';
import { PLANS } from '@/features/subscription/billing/plans';
import { ORGANIZATION_STATES, PLAN_IDS } from '@/lib/master/vocabulary';
import { formatBytes, formatMoney } from '@/lib/money';
import { STATE_LABEL } from '@/lib/organizations/policy';
import { dayInUtc } from '@/lib/words';
import type { OrganizationSummary } from '../dto';
import { stateLook } from './badges';
import { type OrganizationRow, OrganizationsTable } from './organizations-table';

const STATES = [
  ...ORGANIZATION_STATES.map((value) => ({ value: value as string, label: STATE_LABEL[value] })),
  { value: 'overdue', label: 'A payment is missing' },
];
const KINDS = [
  { value: 'customer', label: 'Customers' },
  { value: 'other', label: 'Demos and templates' },
];
const PLAN_OPTIONS = PLAN_IDS.map((value) => ({ value, label: PLANS[value].name }));

type OrganizationListProps = {
  organizations: readonly OrganizationSummary[];
  sort: string;
  /** Words are looked up by name, so their results can only come by name. */
  isSearch: boolean;
  isFiltered: boolean;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
};

/** The list of customers: what a row says is put into words here, so that no page brings the words along. */
export const OrganizationList = ({ organizations, ...list }: OrganizationListProps) => (
  <OrganizationsTable
    {...list}
    rows={organizations.map(rowOf)}
    toolbar={
      <>
        <SearchInput label="Search organizations" placeholder="Name, e-mail, phone, Stripe id" />
        <AddressSelect name="status" label="Status" all="Any status" options={STATES} />
        <AddressSelect name="kind" label="Kind" all="All organizations" options={KINDS} />
        <AddressSelect name="plan" label="Plan" all="Any plan" options={PLAN_OPTIONS} />
      </>
    }
  />
);

const rowOf = (one: OrganizationSummary): OrganizationRow => ({
  id: one.id,
  name: one.name,
  state: stateLook(one.status, one.isTrial),
  plan: one.purpose === 'customer' ? PLANS[one.plan].name : PURPOSE_LABEL[one.purpose],
  seats: one.seats,
  storage: { ...one.storage, text: storageText(one.storage) },
  mrr: one.mrr ? formatMoney(one.mrr.cents, one.mrr.currency) : '–',
  created: dayInUtc(one.createdAt),
  renews: one.renewsAt ? dayInUtc(one.renewsAt) : '–',
});

const storageText = ({ usedBytes, limitBytes }: OrganizationSummary['storage']): string =>
  limitBytes === null ? formatBytes(usedBytes) : `${formatBytes(usedBytes)} of ${formatBytes(limitBytes)}`;
