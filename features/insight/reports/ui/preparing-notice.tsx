import { Alert } from '@/components/ui/alert';
import { type Day, formatDay } from '@/lib/time';

/** Said while older days are still being counted for the first time. */
export function PreparingNotice({ through }: { through: Day | null }) {
  if (!through) return null;
  return (
    <Alert tone="info" title="Older days are still being counted">
      Days after {formatDay(through)} are not in these figures yet. Open the page again in a few minutes.
    </Alert>
  );
}
