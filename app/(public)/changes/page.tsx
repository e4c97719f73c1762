import type { Metadata } from 'next';
import { Prose } from '@/components/layout/prose';
import { listChanges } from '@/features/support/help/changes';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';

export const metadata: Metadata = {
  title: 'What’s new',
  description: 'What changed in Chakravue, the software of eye hospitals, the newest first.',
  alternates: { canonical: paths.changes },
};

export default function ChangesPage() {
  return (
    <article className="mx-auto w-full max-w-3xl px-5 py-14">
      <h1 className="font-semibold text-3xl tracking-tight">What’s new</h1>
      <ol className="mt-8 grid gap-8">
        {listChanges().map(({ id, day, title, blocks }) => (
          <li key={id}>
            <time dateTime={day} className="text-[0.8125rem] text-text-subtle">
              {formatDay(day)}
            </time>
            <h2 className="font-semibold text-lg">{title}</h2>
            <Prose title={title} blocks={blocks} />
          </li>
        ))}
      </ol>
    </article>
  );
}
