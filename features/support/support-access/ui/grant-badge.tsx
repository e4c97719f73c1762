import { Badge } from '@/components/ui/badge';
import { GRANT_LABEL, type GrantState } from '../policy';

const TONE = {
  requested: 'warning',
  granted: 'success',
  refused: 'neutral',
  withdrawn: 'neutral',
  revoked: 'neutral',
  expired: 'neutral',
} as const satisfies Record<GrantState, string>;

export function GrantBadge({ state }: { state: GrantState }) {
  return <Badge tone={TONE[state]}>{GRANT_LABEL[state]}</Badge>;
}
