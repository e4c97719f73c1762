import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Timeline } from '@/components/ui/timeline';
import { SCOPE_LABEL } from '../policy';
import type { SupportAccess } from '../queries';
import { GrantBadge } from './grant-badge';

const WORDS: Record<string, string> = {
  'support-access.enter': 'Entered the workspace',
  'support.look': 'Looked at',
  'patient.open': 'Opened a patient’s chart',
  'visit.open': 'Opened a visit',
  'examination.measure': 'Wrote measurements of an examination',
};
const RESULT_TONE = { ok: 'success', refused: 'warning', failed: 'danger' } as const;
const toneOf = (result: string) =>
  result === 'refused' || result === 'failed' || result === 'ok' ? RESULT_TONE[result] : 'neutral';

/**
 * Each access with the stays under it and, entry by entry, what was done. From the organization's own log.
 */
export function AccessHistory({ grants }: { grants: readonly SupportAccess[] }) {
  const past = grants.filter(({ state }) => state !== 'requested');
  return (
    <Section title="What support did" description="From your own audit log, newest first.">
      {past.length === 0 ? (
        <EmptyState title="Nothing yet" className="py-6">
          Every stay of our support in your workspace is listed here, with all that was opened.
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {past.map((grant) => (
            <li
              key={grant.id}
              className="grid gap-2 border-border border-b pb-4 text-sm last:border-b-0 last:pb-0"
            >
              <div className="flex flex-wrap items-center gap-2">
                <span className="font-medium text-text">{grant.requestedBy ?? 'Chakravue support'}</span>
                <GrantBadge state={grant.state} />
                <span className="text-text-subtle">{SCOPE_LABEL[grant.scope]}</span>
              </div>
              <p className="break-words text-text-muted">{grant.reason}</p>
              {grant.visits.length === 0 ? (
                <p className="text-text-subtle">Nobody entered.</p>
              ) : (
                grant.visits.map((visit) => (
                  <p key={visit.id} className="text-text-muted">
                    {visit.name}: {visit.enteredAt} to {visit.endedAt ?? 'now'}
                  </p>
                ))
              )}
              {grant.deeds.length > 0 ? (
                <details>
                  <summary className="w-fit cursor-pointer rounded-md py-1 text-accent">
                    What was done ({grant.deeds.length})
                  </summary>
                  <div className="mt-3">
                    <Timeline
                      items={grant.deeds.map((deed) => ({
                        id: deed.id,
                        title: WORDS[deed.action] ?? deed.action,
                        time: deed.at,
                        description: [deed.target, deed.result === 'ok' ? null : deed.result, deed.actorName]
                          .filter(Boolean)
                          .join(' · '),
                        tone: toneOf(deed.result),
                      }))}
                    />
                  </div>
                </details>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
