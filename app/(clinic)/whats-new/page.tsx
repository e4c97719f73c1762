import type { Metadata } from 'next';
import { Prose } from '@/components/layout/prose';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { listChanges } from '@/features/support/help/changes';
import { newSince } from '@/features/support/help/policy';
import { NewMark, SeeChanges } from '@/features/support/help/ui/see-changes';
import { staffPage } from '@/lib/actions/staff';
import { getPrincipal } from '@/lib/auth/principal';
import { formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'What’s new' };

export default async function WhatsNewPage() {
  await staffPage('today:read');
  const principal = await getPrincipal();
  const changes = listChanges();
  const unseen = new Set(
    principal?.kind === 'staff' ? newSince(changes, principal.changesSeenOn).map(({ id }) => id) : [],
  );
  const [newest] = changes;
  return (
    <>
      <PageHeader title="What’s new" description="What changed in Chakravue, the newest first." />
      <ol className="grid max-w-3xl gap-5">
        {changes.map(({ id, day, title, blocks }) => (
          <li key={id}>
            <Card className="p-5">
              <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-text-subtle">
                <time dateTime={day}>{formatDay(day)}</time>
                <NewMark isNew={unseen.has(id)} />
              </p>
              <h2 className="mt-1 font-semibold text-lg">{title}</h2>
              <Prose title={title} blocks={blocks} />
            </Card>
          </li>
        ))}
      </ol>
      {principal?.kind === 'staff' && newest && unseen.size > 0 ? <SeeChanges day={newest.day} /> : null}
    </>
  );
}
