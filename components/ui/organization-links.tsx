import type { ReactNode } from 'react';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';

/**
 * Organizations one under the other, each leading to its page, with a badge beside and a line under the name.
 */
export function OrganizationLinks({
  rows,
}: {
  rows: readonly { id: string; name: string; badge: ReactNode; detail: ReactNode }[];
}) {
  return (
    <ul className="divide-y divide-border">
      {rows.map(({ id, name, badge, detail }) => (
        <li key={id} className="relative grid gap-0.5 px-4 py-3 hover:bg-surface-hover sm:px-5">
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <Link
              href={paths.platformOrganization(id)}
              className="font-medium text-text after:absolute after:inset-0"
            >
              {name}
            </Link>
            {badge}
          </div>
          <p className="text-[0.8125rem] text-text-muted">{detail}</p>
        </li>
      ))}
    </ul>
  );
}
