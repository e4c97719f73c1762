import { countOf } from '@/features/pharmacy/medicines/policy';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import type { RegisterRow } from '../queries';

const prescriberOf = ({ prescriber, registration }: RegisterRow): string =>
  prescriber ? `prescribed by ${[prescriber, registration].filter(Boolean).join(', ')}` : '';

/** The register of a month, a row for each time that something went out or came back. */
export function RegisterTable({ rows }: { rows: readonly RegisterRow[] }) {
  return (
    <ol aria-label="Register" className="divide-y divide-border text-sm">
      {rows.map((row) => (
        <li key={row.id} className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[4rem_1fr_1fr] sm:px-5">
          <p className="text-text-muted tabular-nums">{row.number}.</p>
          <div className="min-w-0">
            <p className="font-medium text-text">
              {row.medicine}, {countOf(Math.abs(row.quantity), row.unit)}
              {row.quantity < 0 ? ' came back' : ''}
            </p>
            <p className="text-[0.8125rem] text-text-muted">
              {formatDay(row.day)}, lot {row.lotNumber}
              {row.expiresOn ? `, expires ${formatDay(row.expiresOn)}` : ''}. Given by {row.givenBy}
            </p>
          </div>
          <div className="min-w-0">
            <p className="text-text">
              {row.patient || 'No patient'} <span className="text-text-subtle">{row.patientNumber}</span>
            </p>
            <p className="break-words text-[0.8125rem] text-text-muted">
              {[row.address, prescriberOf(row)].filter(Boolean).join('. ')}
            </p>
            {row.papers.map((fileId) => (
              <a
                key={fileId}
                href={paths.salePaper(fileId, row.saleId ?? '')}
                target="_blank"
                rel="noreferrer"
                className="text-[0.8125rem] underline underline-offset-2"
              >
                Scan of the paper
              </a>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}
