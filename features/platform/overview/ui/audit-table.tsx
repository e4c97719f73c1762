'use client';
import { buttonClass } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { inUtc } from '@/lib/words';
import type { AuditEntry } from '../dto';
import { ResultBadge } from './badges';

const KIND: Record<string, string> = { platform: 'Company', staff: 'Hospital', system: 'System' };

/** Who did what, and when. */
export function AuditTable({
  rows,
  isFiltered,
  summary,
  previousHref,
  nextHref,
  exportHref,
  exportJsonHref,
}: {
  rows: readonly AuditEntry[];
  isFiltered: boolean;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
  exportHref: string;
  exportJsonHref: string;
}) {
  return (
    <DataTable
      id="platform-audit"
      label="Audit events"
      columns={COLUMNS}
      rows={rows}
      rowId={(row) => row.id}
      summary={summary}
      previousHref={previousHref}
      nextHref={nextHref}
      exportHref={exportHref}
      toolbar={
        <a href={exportJsonHref} download className={buttonClass({ variant: 'ghost', size: 'sm' })}>
          <Icon of="file-braces" /> Export JSON
        </a>
      }
      emptyState={
        isFiltered ? (
          <EmptyState icon={<Icon of="scroll-text" />} title="No entry fits">
            An action and an address are written in full.
          </EmptyState>
        ) : (
          <EmptyState icon={<Icon of="scroll-text" />} title="Nothing has been done yet">
            What the company, the system and visitors do appears here.
          </EmptyState>
        )
      }
    />
  );
}

const COLUMNS: DataColumn<AuditEntry>[] = [
  {
    id: 'action',
    header: 'Action',
    className: 'max-sm:whitespace-normal',
    cell: (row) => (
      <span className="grid gap-0.5">
        <span className="wrap-anywhere min-w-24 font-medium text-text">{row.action}</span>
        <span className="text-[0.8125rem] text-text-subtle tabular-nums md:hidden">{inUtc(row.at)}</span>
      </span>
    ),
  },
  {
    id: 'actor',
    header: 'Who',
    className: 'max-sm:whitespace-normal',
    cell: (row) => (
      <span className="grid gap-0.5">
        <span className="break-words text-text">
          {row.actorKind === 'public' ? 'Visitor' : row.actorName || '–'}
        </span>
        {row.actorKind === 'public' ? null : (
          <span className="text-[0.8125rem] text-text-subtle">{KIND[row.actorKind] ?? row.actorKind}</span>
        )}
      </span>
    ),
  },
  {
    id: 'organization',
    header: 'Organization',
    hideBelow: 'lg',
    cell: ({ organization }) =>
      organization ? (
        <Link
          href={paths.platformOrganization(organization.id)}
          className="text-accent underline-offset-4 hover:underline"
        >
          {organization.name}
        </Link>
      ) : (
        '–'
      ),
  },
  {
    id: 'target',
    header: 'Target',
    hideBelow: 'xl',
    cell: (row) => <span className="break-all font-mono text-xs">{row.target ?? '–'}</span>,
  },
  { id: 'result', header: 'Result', cell: (row) => <ResultBadge result={row.result} /> },
  {
    id: 'at',
    header: 'When',
    align: 'right',
    hideBelow: 'md',
    cell: (row) => <span className="whitespace-nowrap">{inUtc(row.at)}</span>,
  },
];
