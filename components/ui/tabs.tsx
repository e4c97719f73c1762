'use client';

import { clsx } from 'clsx';
import { usePathname } from 'next/navigation';
import Link from '@/components/ui/link';

const listClass = 'flex gap-1 overflow-x-auto border-border border-b';

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
    <nav aria-label={label} className={clsx('no-print', listClass, className)}>
      {items.map((item) => {
        const isActive = item.active ?? item.href === pathname;
        return (
          <Link
            key={item.href}
            href={item.href}
            {...(isActive ? { 'aria-current': 'page' as const } : {})}
            className="tab"
          >
            {item.label}
          </Link>
        );
      })}
    </nav>
  );
}
