'use client';

import { usePathname } from 'next/navigation';
import Link from '@/components/ui/link';
import { cn } from './cn';

const listClass = 'flex gap-1 overflow-x-auto border-border border-b';
const tabClass =
  '-mb-px inline-flex h-10 items-center gap-2 whitespace-nowrap border-transparent border-b-2 px-3 font-medium text-sm text-text-muted hover:text-text focus-visible:-outline-offset-2';

/** Parts that are pages of their own: a navigation that looks like tabs. */
export function TabLinks({
  label,
  items,
  className,
}: {
  label: string;
  items: readonly { href: string; label: string; active?: boolean }[];
  className?: string;
}) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className={cn('no-print', listClass, className)}>
      {items.map((item) => {
        const isActive = item.active ?? item.href === pathname;
        return (
          <Link
            key={item.href}
            href={item.href}
            {...(isActive ? { 'aria-current': 'page' as const } : {})}
            className={cn(tabClass, isActive && 'border-accent text-text')}
          >
            {item.label}
          </Link>
        );
      })}
    </nav>
  );
}
