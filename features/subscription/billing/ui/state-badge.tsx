import { Badge, type BadgeTone } from '@/components/ui/badge';
import type { OrganizationState } from '@/lib/master/vocabulary';
import { STATE_LABEL } from '@/lib/organizations/policy';

const TONE: Partial<Record<OrganizationState, BadgeTone>> = {
  active: 'success',
  past_due: 'danger',
  read_only: 'warning',
  suspended: 'danger',
};

/** The organization's state in words; a trial is told apart, as Stripe does. */
export function StateBadge({ state, status }: { state: OrganizationState; status: string | null }) {
  if (state === 'active' && status === 'trialing') return <Badge tone="info">Trial</Badge>;
  return <Badge tone={TONE[state] ?? 'neutral'}>{STATE_LABEL[state]}</Badge>;
}
