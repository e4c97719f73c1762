import { Alert } from '@/components/ui/alert';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { Timeline } from '@/components/ui/timeline';
import { NoteFiles } from '@/features/platform/customer-notes/ui/note-files';
import { inUtc } from '@/lib/words';
import type { TimelineEntry } from '../policy';

/** Lines of a customer's history, newest first. */
export function TimelineList({
  entries,
  hasMoney,
}: {
  entries: readonly TimelineEntry[];
  hasMoney: boolean;
}) {
  return (
    <Section title="What happened" description="Money, tickets, notes, mails and what the company did">
      {hasMoney ? null : (
        <Alert tone="warning" title="Stripe cannot be reached right now" className="mb-4">
          Payments are missing below. Load the page again in a minute.
        </Alert>
      )}
      {entries.length === 0 ? (
        <EmptyState title="Nothing yet" className="py-6">
          The first payment, ticket, note or mail appears here.
        </EmptyState>
      ) : (
        <Timeline
          items={entries.map(({ id, source, at, title, detail, tone, href, files = [] }) => ({
            id: `${source}:${id}`,
            title: href ? (
              <Link href={href} className="text-accent underline-offset-4 hover:underline">
                {title}
              </Link>
            ) : (
              title
            ),
            time: inUtc(at),
            ...(detail || files.length > 0
              ? {
                  description: (
                    <>
                      {detail ? <p className="whitespace-pre-line break-words">{detail}</p> : null}
                      <NoteFiles files={files} />
                    </>
                  ),
                }
              : {}),
            tone,
          }))}
        />
      )}
    </Section>
  );
}
