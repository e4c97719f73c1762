import { Badge, type BadgeTone } from '@/components/ui/badge';
import { HEALTH_LABEL, type HealthLevel } from '../policy';

const TONE: Record<HealthLevel, BadgeTone> = { risk: 'danger', watch: 'warning', good: 'success' };

/** How a customer does, in a word and a figure. */
export function HealthBadge({ level, score }: { level: HealthLevel; score: number }) {
  return (
    <Badge tone={TONE[level]} dot>
      {HEALTH_LABEL[level]}, {score}
    </Badge>
  );
}
