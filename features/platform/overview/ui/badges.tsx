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

export function StateBadge({ state, isTrial = false }: { state: OrganizationState; isTrial?: boolean }) {
  const isOnTrial = isTrial && state === 'active';
  return (
    <Badge tone={isOnTrial ? 'info' : STATE_TONE[state]} dot>
      {isOnTrial ? 'On trial' : STATE_LABEL[state]}
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
