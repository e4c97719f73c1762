import type { ReactNode } from 'react';
import Link from '@/components/ui/link';
import { buttonClass } from './button';
import { Section } from './card';

/** A list with a title, a way to the whole of it, and a sentence where it is empty. */
export function ListPanel({
  title,
  more,
  empty,
  children,
}: {
  title: string;
  more: { label: string; href: string };
  empty: ReactNode | null;
  children: ReactNode;
}) {
  return (
    <Section
      title={title}
      flush
      actions={
        <Link href={more.href} className={buttonClass({ variant: 'ghost', size: 'sm' })}>
          {more.label}
        </Link>
      }
    >
      {empty ? <div className="px-4 py-6 text-text-muted sm:px-5">{empty}</div> : children}
    </Section>
  );
}

/** A row whose link covers all of it. */
export const panelRowClass = 'relative flex items-center gap-3 px-4 py-2.5 hover:bg-surface-hover sm:px-5';
export const panelLinkClass = 'font-medium text-text after:absolute after:inset-0';
