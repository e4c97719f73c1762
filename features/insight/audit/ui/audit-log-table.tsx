'use client';
import { type ReactNode, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { DescriptionList } from '@/components/ui/description-list';
import { Dialog, SheetContent } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { formatInstant } from '@/lib/time';
import type { AuditLogEntry } from '../dto';
import { actionLabel, RESULTS } from '../policy';

const TONE = { ok: 'success', refused: 'warning', failed: 'danger' } as const;

const who = (row: AuditLogEntry): string =>
  row.onBehalfOfName ? `${row.actorName} for ${row.onBehalfOfName}` : row.actorName;

/** The log of an organization; a press on an entry shows all of it. */
export function AuditLogTable({
  rows,
  timeZone,
  isFiltered,
  previousHref,
  nextHref,
  exportHref,
  toolbar,
}: {
  rows: readonly AuditLogEntry[];
  timeZone: string;
  isFiltered: boolean;
  previousHref: string | null;
  nextHref: string | null;
  exportHref: string;
  toolbar: ReactNode;
}) {
  const [open, setOpen] = useState<AuditLogEntry | null>(null);
  const at = (row: AuditLogEntry) => formatInstant(new Date(row.at), timeZone);
  const columns: DataColumn<AuditLogEntry>[] = [
    {
      id: 'action',
      header: 'Action',
      className: 'max-sm:whitespace-normal',
      cell: (row) => (
        <span className="grid gap-0.5">
          <Button
            variant="ghost"
            size="sm"
            className="-ml-2.5 h-auto justify-start whitespace-normal py-1 text-left font-medium"
            onClick={() => setOpen(row)}
          >
            {actionLabel(row.action)}
          </Button>
          <span className="text-[0.8125rem] text-text-subtle tabular-nums md:hidden">{at(row)}</span>
        </span>
      ),
    },
    {
      id: 'actor',
      header: 'Who',
      className: 'max-sm:whitespace-normal',
      cell: (row) => (
        <span className="grid gap-0.5">
          <span className="break-words text-text">{who(row)}</span>
          <span className="text-[0.8125rem] text-text-subtle">{row.role}</span>
        </span>
      ),
    },
    {
      id: 'target',
      header: 'Target',
      hideBelow: 'lg',
      cell: (row) => <span className="break-all font-mono text-xs">{row.target ?? '–'}</span>,
    },
    {
      id: 'result',
      header: 'Result',
      cell: (row) => <Badge tone={TONE[row.result]}>{RESULTS[row.result]}</Badge>,
    },
    {
      id: 'at',
      header: 'When',
      align: 'right',
      hideBelow: 'md',
      cell: (row) => <span className="whitespace-nowrap">{at(row)}</span>,
    },
  ];
  return (
    <>
      <DataTable
        id="audit-log"
        label="Audit log"
        columns={columns}
        rows={rows}
        rowId={(row) => String(row.seq)}
        summary={`${rows.length} shown, newest first`}
        previousHref={previousHref}
        nextHref={nextHref}
        exportHref={exportHref}
        toolbar={toolbar}
        emptyState={
          <EmptyState
            icon={<Icon of="scroll-text" />}
            title={isFiltered ? 'No entry fits' : 'Nothing has been done yet'}
          >
            {isFiltered
              ? 'Take a filter away, or choose a longer period.'
              : 'What staff do and open appears here.'}
          </EmptyState>
        }
      />
      <Dialog open={open !== null} onOpenChange={(isOpen) => (isOpen ? null : setOpen(null))}>
        {open ? (
          <SheetContent title={actionLabel(open.action)} description={`Entry ${open.seq}, ${at(open)}`}>
            <div className="grid gap-6">
              <DescriptionList
                items={[
                  { label: 'Who', value: who(open) },
                  { label: 'Role', value: open.role },
                  { label: 'Result', value: RESULTS[open.result] },
                  { label: 'Target', value: open.target },
                  { label: 'IP address', value: open.ip },
                  { label: 'Browser', value: open.userAgent },
                  { label: 'Session', value: open.sessionId },
                  { label: 'Request', value: open.requestId },
                  { label: 'Hash', value: <span className="break-all font-mono text-xs">{open.hash}</span> },
                ]}
              />
              <Changes entry={open} />
            </div>
          </SheetContent>
        ) : null}
      </Dialog>
    </>
  );
}

function Changes({ entry }: { entry: AuditLogEntry }) {
  if (entry.changes.length === 0) return null;
  return (
    <section aria-label="What changed" className="grid gap-2">
      <h3 className="font-semibold text-text">What changed</h3>
      <DescriptionList
        items={entry.changes.map(({ field, before, after, isRedacted }) => ({
          label: field,
          value: isRedacted
            ? 'Changed; the value is not kept in the log'
            : `${before ?? '–'} → ${after ?? '–'}`,
        }))}
      />
    </section>
  );
}
