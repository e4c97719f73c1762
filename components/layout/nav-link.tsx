'use client';

import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import Link from '@/components/ui/link';
import { isCurrent } from './navigation';

/** A link that knows whether it is where we are; its look follows `aria-current`. */
export function NavLink({
  href,
  exact = false,
  className,
  title,
  children,
}: {
  href: string;
  exact?: boolean;
  className?: string;
  title?: string;
  children: ReactNode;
}) {
  const current = isCurrent(usePathname(), { href, exact });
  return (
    <Link
      href={href}
      title={title}
      className={className}
      {...(current ? { 'aria-current': 'page' as const } : {})}
    >
      {children}
    </Link>
  );
}
