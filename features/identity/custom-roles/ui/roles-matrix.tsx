import { clsx } from 'clsx';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { Permission } from '@/lib/auth/permissions';
import { PERMISSION_GROUPS, PERMISSION_LABEL } from '../policy';

export type MatrixColumn = {
  id: string;
  name: string;
  /** Under the name: what it stands on, how many have it. */
  detail: string;
  permissions: readonly Permission[];
  href?: string;
};

const cell = 'border-border border-b px-3 py-2';
/** Narrow enough that the built-in roles stand side by side beside the settings' navigation. */
const roleCell = 'border-border border-b px-1.5 py-2 text-center';

/**
 * Who may do what: permissions in plain words down, roles across. Name and words stay in sight while it is
 * scrolled.
 */
export function RolesMatrix({ columns }: { columns: readonly MatrixColumn[] }) {
  return (
    <ScrollRegion
      aria-label="Roles and permissions"
      className="max-h-[75dvh] overflow-auto rounded-xl border border-border bg-surface-raised"
    >
      <table className="w-full border-separate border-spacing-0 text-sm">
        <thead>
          <tr>
            <th
              scope="col"
              className={clsx(
                cell,
                'sticky top-0 left-0 z-20 min-w-36 bg-surface-raised text-left font-medium sm:min-w-52',
              )}
            >
              Permission
            </th>
            {columns.map(({ id, name, detail, href }) => (
              <th
                key={id}
                scope="col"
                className={clsx(roleCell, 'sticky top-0 z-10 min-w-20 bg-surface-raised align-bottom')}
              >
                {href ? (
                  <Link href={href} className="font-medium text-accent underline underline-offset-4">
                    {name}
                  </Link>
                ) : (
                  <span className="font-medium text-text">{name}</span>
                )}
                <span className="block font-normal text-text-subtle text-xs">{detail}</span>
              </th>
            ))}
          </tr>
        </thead>
        {PERMISSION_GROUPS.map(({ title, permissions }) => (
          <tbody key={title}>
            <tr>
              <th
                scope="rowgroup"
                className={clsx(cell, 'sticky left-0 z-10 bg-surface text-left font-semibold text-text')}
              >
                {title}
              </th>
              <td colSpan={columns.length} className={clsx(cell, 'bg-surface')} />
            </tr>
            {permissions.map((permission) => (
              <tr key={permission}>
                <th
                  scope="row"
                  className={clsx(
                    cell,
                    'sticky left-0 z-10 bg-surface-raised text-left font-normal text-text-muted',
                  )}
                >
                  {PERMISSION_LABEL[permission]}
                </th>
                {columns.map((column) => (
                  <td key={column.id} className={roleCell}>
                    <Mark isAllowed={column.permissions.includes(permission)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRegion>
  );
}

const Mark = ({ isAllowed }: { isAllowed: boolean }) => (
  <>
    {isAllowed ? (
      <Icon of="check" className="mx-auto size-4 text-success" />
    ) : (
      <Icon of="minus" className="mx-auto size-4 text-text-subtle" />
    )}
    <span className="sr-only">{isAllowed ? 'Yes' : 'No'}</span>
  </>
);
