import { ActionButton } from '@/components/forms/action-button';
import { May } from '@/components/layout/may';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { inUtc } from '@/lib/words';
import { markFeedbackReadAction } from '../actions';
import { MOODS, type Mood } from '../policy';
import type { FeedbackEntry } from '../queries';

const TONE: Record<Mood, BadgeTone> = {
  '1': 'danger',
  '2': 'warning',
  '3': 'neutral',
  '4': 'success',
  '5': 'success',
};

/** What people of the hospitals said, newest first. */
export function FeedbackList({
  entries,
  isFiltered,
}: {
  entries: readonly FeedbackEntry[];
  isFiltered: boolean;
}) {
  if (entries.length === 0) {
    return isFiltered ? (
      <EmptyState title="Nothing matches">Choose another filter.</EmptyState>
    ) : (
      <EmptyState title="No feedback yet">
        People give it from their menu, at the top right of every page.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Feedback" className="divide-y divide-border">
      {entries.map((one) => (
        <li key={one.id} className="grid gap-2 px-4 py-4 sm:px-5">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Badge tone={TONE[one.mood]} dot>
                {MOODS[one.mood]}
              </Badge>
              <Link
                href={paths.platformOrganization(one.organizationId)}
                className="font-medium text-text hover:underline"
              >
                {one.organization}
              </Link>
              {one.isRead ? null : <Badge tone="info">New</Badge>}
            </p>
            {one.isRead ? null : (
              <May to="feedback:write">
                <ActionButton action={markFeedbackReadAction} fields={{ feedbackId: one.id }} size="sm">
                  Mark as read
                </ActionButton>
              </May>
            )}
          </div>
          {one.text ? <p className="whitespace-pre-wrap break-words">{one.text}</p> : null}
          <p className="text-[0.8125rem] text-text-muted">
            {one.name}, {one.role}, on {one.page}, {inUtc(one.at)}
            {one.email ? (
              <>
                {' · '}
                <a href={`mailto:${one.email}`} className="underline underline-offset-2">
                  {one.email}
                </a>
              </>
            ) : null}
          </p>
        </li>
      ))}
    </ul>
  );
}
