'use client';
import { runAction } from '@/components/forms/run-action';
import { May } from '@/components/layout/may';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { PLANS } from '@/features/subscription/billing/plans';
import { inUtc } from '@/lib/words';
import { endAnnouncementAction } from '../actions';
import { ANNOUNCEMENT_KINDS, PHASE_LABEL, type Phase } from '../policy';
import type { Announcement } from '../queries';
import { AnnouncementDialog } from './announcement-dialog';

const TONE: Record<Phase, BadgeTone> = { planned: 'info', shown: 'success', over: 'neutral' };

const NAMED = 3;

function audienceOf({ plans, organizations }: Announcement): string {
  const names = organizations.slice(0, NAMED).map(({ name }) => name);
  if (organizations.length > NAMED) names.push(`${organizations.length - NAMED} more`);
  if (names.length > 0) return names.join(', ');
  return plans.length > 0 ? plans.map((plan) => PLANS[plan].name).join(', ') : 'Everybody';
}

export function AnnouncementList({ rows, now }: { rows: readonly Announcement[]; now: string }) {
  if (rows.length === 0) {
    return (
      <EmptyState title="Nothing announced yet" className="py-8">
        Tell hospitals of planned work and of what is new before they wonder.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-border">
      {rows.map((row) => (
        <li key={row.id} className="grid gap-3 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:px-5">
          <div className="grid min-w-0 gap-1">
            <p className="flex flex-wrap items-center gap-2 font-medium text-text">
              {row.title}
              <Badge tone={TONE[row.phase]} dot>
                {PHASE_LABEL[row.phase]}
              </Badge>
            </p>
            <p className="text-text-muted">{row.text}</p>
            <p className="text-[0.8125rem] text-text-subtle">
              {`${ANNOUNCEMENT_KINDS[row.kind]}, ${audienceOf(row)}. ${inUtc(row.startsAt)} to ${inUtc(row.endsAt)}. By ${row.createdByName}, put away by ${row.dismissed}.`}
            </p>
          </div>
          {row.phase === 'over' ? null : (
            <May to="announcements:write">
              <div className="flex items-start gap-2">
                <AnnouncementDialog announcement={row} now={now} />
                <ConfirmDialog
                  trigger={<Button size="sm">{row.phase === 'planned' ? 'Delete' : 'End now'}</Button>}
                  title={`${row.phase === 'planned' ? 'Delete' : 'End'} “${row.title}”?`}
                  confirmLabel={row.phase === 'planned' ? 'Delete announcement' : 'End announcement'}
                  onConfirm={() => runAction(endAnnouncementAction, { announcementId: row.id })}
                >
                  It is shown to nobody any more.
                </ConfirmDialog>
              </div>
            </May>
          )}
        </li>
      ))}
    </ul>
  );
}
