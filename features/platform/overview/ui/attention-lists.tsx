import { May } from '@/components/layout/may';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import Link from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { countryName } from '@/lib/countries';
import { paths } from '@/lib/paths';
import { counted } from '@/lib/words';
import type { BeingSetUp, EnterpriseRequest } from '../queries/overview';
import { STEP_LABEL } from './labels';
import { RetryProvisioningButton } from './organization-actions';

const linkClass = 'font-medium text-text underline-offset-4 hover:text-accent hover:underline';

/** Organizations whose database is being made; those that need a person say so. */
export function SetupList({ rows }: { rows: readonly BeingSetUp[] }) {
  if (rows.length === 0) {
    return (
      <EmptyState title="Nobody is waiting" className="py-8">
        Each organization that has paid has its database.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-border">
      {rows.map((row) => (
        <li key={row.id} className="grid gap-1 px-4 py-3 sm:px-5">
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <Link href={paths.platformOrganization(row.id)} className={linkClass}>
              {row.name}
            </Link>
            <SetupBadge row={row} />
          </div>
          <p className="text-[0.8125rem] text-text-muted">
            {STEP_LABEL[row.step]}
            {row.lastError ? `, tried ${counted(row.attempts, 'time')}` : ''}, paid{' '}
            <RelativeTime value={row.since} timeZone="UTC" />
          </p>
          {row.waitingFor ? <p className="text-[0.8125rem] text-text-muted">{row.waitingFor}</p> : null}
          {row.lastError ? <p className="break-words text-[0.8125rem] text-danger">{row.lastError}</p> : null}
          {row.isStuck ? (
            <div className="mt-1">
              <May to="databases:write">
                <RetryProvisioningButton organizationId={row.id} name={row.name} />
              </May>
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function SetupBadge({ row }: { row: BeingSetUp }) {
  if (row.needsOperator) return <Badge tone="danger">Needs a person</Badge>;
  if (row.hasGivenUp) return <Badge tone="danger">Given up</Badge>;
  return row.isStuck ? <Badge tone="danger">Stuck</Badge> : <Badge tone="info">In progress</Badge>;
}

/** Hospitals that want an Enterprise offer: whom to call, and what they wrote. */
export function EnterpriseRequests({ rows }: { rows: readonly EnterpriseRequest[] }) {
  if (rows.length === 0) {
    return (
      <EmptyState title="No open requests" className="py-8">
        Hospitals that ask for an Enterprise offer appear here.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-border">
      {rows.map((row) => (
        <li key={row.id} className="grid gap-1 px-4 py-3 sm:px-5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <Link href={paths.platformOrganization(row.id)} className={linkClass}>
              {row.name}
            </Link>
            <RelativeTime value={row.askedAt} timeZone="UTC" className="text-[0.8125rem] text-text-subtle" />
          </div>
          <p className="text-[0.8125rem] text-text-muted">
            {row.expectedUsers} users, {countryName(row.country)}
          </p>
          <p className="flex flex-wrap gap-x-3 break-words text-[0.8125rem] text-text-muted">
            {row.contact ? <span>{row.contact}</span> : null}
            <a href={`mailto:${row.email}`} className="text-accent underline-offset-4 hover:underline">
              {row.email}
            </a>
            <a
              href={`tel:${row.phone.replace(/[^\d+]/g, '')}`}
              className="text-accent underline-offset-4 hover:underline"
            >
              {row.phone}
            </a>
          </p>
          {row.note ? <p className="mt-1 whitespace-pre-line break-words text-text">{row.note}</p> : null}
        </li>
      ))}
    </ul>
  );
}
