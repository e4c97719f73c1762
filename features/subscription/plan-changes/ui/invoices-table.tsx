'use client';
import { Alert } from '@/components/ui/alert';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { dayIn } from '@/features/subscription/billing/ui/labels';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import type { InvoicePage, InvoiceRow } from '../queries';

const STATUS: Record<InvoiceRow['status'], { label: string; tone: BadgeTone }> = {
  paid: { label: 'Paid', tone: 'success' },
  open: { label: 'Open', tone: 'danger' },
  void: { label: 'Void', tone: 'neutral' },
  uncollectible: { label: 'Not paid', tone: 'danger' },
  draft: { label: 'Draft', tone: 'neutral' },
};

const linkClass =
  'inline-flex items-center gap-1 rounded-sm py-1 text-accent underline-offset-4 hover:underline [&_svg]:size-3.5';

const columnsIn = (timeZone: string): DataColumn<InvoiceRow>[] => [
  {
    id: 'number',
    header: 'Invoice',
    fixed: true,
    cell: (row) =>
      row.pageUrl ? (
        <a href={row.pageUrl} target="_blank" rel="noreferrer" className={linkClass}>
          {row.number}
        </a>
      ) : (
        row.number
      ),
  },
  { id: 'date', header: 'Date', hideBelow: 'sm', cell: (row) => dayIn(row.createdAt, timeZone) },
  {
    id: 'amount',
    header: 'Amount',
    fixed: true,
    align: 'right',
    cell: (row) => (
      <span className="grid">
        {formatMoney(row.cents, row.currency)}
        {row.isReverseCharge ? (
          <span className="whitespace-normal text-[0.8125rem] text-text-muted">
            Reverse charge: you owe the tax
          </span>
        ) : row.taxCents > 0 ? (
          <span className="text-[0.8125rem] text-text-muted">
            {formatMoney(row.taxCents, row.currency)} of it tax
          </span>
        ) : null}
        {row.creditedCents > 0 ? (
          <span className="text-[0.8125rem] text-text-muted">
            {formatMoney(row.creditedCents, row.currency)} credited
          </span>
        ) : null}
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    fixed: true,
    cell: (row) => (
      <Badge tone={STATUS[row.status].tone} dot>
        {STATUS[row.status].label}
      </Badge>
    ),
  },
  {
    id: 'pdf',
    header: 'PDF',
    fixed: true,
    align: 'right',
    cell: (row) =>
      row.pdfUrl ? (
        <a href={row.pdfUrl} className={linkClass} aria-label={`PDF of invoice ${row.number}`}>
          <Icon of="download" /> PDF
        </a>
      ) : (
        '–'
      ),
  },
];

/** Invoices as Stripe has them. `page` is null when Stripe cannot be asked now. */
export function InvoicesTable({ page, timeZone }: { page: InvoicePage | null; timeZone: string }) {
  return (
    <DataTable
      id="invoices"
      label="Invoices"
      columns={columnsIn(timeZone)}
      rows={page?.rows ?? []}
      rowId={(row) => row.id}
      {...(page ? { summary: `${page.rows.length} shown` } : {})}
      previousHref={page?.before ? `${paths.billing}?before=${page.before}` : null}
      nextHref={page?.after ? `${paths.billing}?after=${page.after}` : null}
      toolbar={<h2 className="font-semibold text-base text-text">Invoices</h2>}
      emptyState={
        page ? (
          <EmptyState icon={<Icon of="receipt-text" />} title="No invoices yet">
            Each invoice appears here with its PDF.
          </EmptyState>
        ) : (
          <Alert tone="danger" title="This list could not be read" live className="border-0">
            Our payment partner cannot be reached right now, so the invoices are not shown. Please load this
            page again in a minute.
          </Alert>
        )
      }
    />
  );
}
