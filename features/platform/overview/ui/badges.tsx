import { Badge, type BadgeTone } from '@/components/ui/badge';
import type { OrganizationState } from '@/lib/master/vocabulary';
import { STATE_LABEL } from '@/lib/organizations/policy';
import type { EventOutcome } from '../policy';
import { OUTCOME_LABEL } from '../policy';

const STATE_TONE: Record<OrganizationState, BadgeTone> = {
  requested: 'info',
  pending_payment: 'neutral',
  provisioning: 'info',
  active: 'success',
  past_due: 'warning',
  read_only: 'warning',
  suspended: 'danger',
  canceled: 'neutral',
  offboarding: 'warning',
  deleted: 'neutral',
};

/** How a state is shown. */
export const stateLook = (state: OrganizationState, isTrial = false): { tone: BadgeTone; label: string } =>
  isTrial && state === 'active'
    ? { tone: 'info', label: 'On trial' }
    : { tone: STATE_TONE[state], label: STATE_LABEL[state] };

export function StateBadge({ state, isTrial }: { state: OrganizationState; isTrial?: boolean }) {
  const { tone, label } = stateLook(state, isTrial);
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}

const OUTCOME_TONE: Record<EventOutcome, BadgeTone> = {
  received: 'info',
  processed: 'success',
  ignored: 'neutral',
  failed: 'danger',
};

export function OutcomeBadge({ outcome }: { outcome: EventOutcome }) {
  return (
    <Badge tone={OUTCOME_TONE[outcome]} dot>
      {OUTCOME_LABEL[outcome]}
    </Badge>
  );
}

const RESULT = {
  ok: { tone: 'success', label: 'Done' },
  refused: { tone: 'warning', label: 'Refused' },
  failed: { tone: 'danger', label: 'Failed' },
} as const;

export function ResultBadge({ result }: { result: keyof typeof RESULT }) {
  return <Badge tone={RESULT[result].tone}>{RESULT[result].label}</Badge>;
}
