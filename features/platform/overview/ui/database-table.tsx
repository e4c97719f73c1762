import { clsx } from 'clsx';
import { type ReactNode, Suspense } from 'react';
import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { Skeleton } from '@/components/ui/skeleton';
import { formatBytes } from '@/lib/money';
import { paths } from '@/lib/paths';
import { inLatency } from '@/lib/words';
import type { DatabaseEntry, DatabaseHealth } from '../queries/databases';

const cellClass = 'border-border border-b px-4 py-2.5 align-middle group-last:border-b-0';
const numberClass = clsx(cellClass, 'text-right tabular-nums');
const headClass =
  'h-10 whitespace-nowrap border-border border-b px-4 font-medium text-[0.8125rem] text-text-muted';

const COLUMNS: { label: string; className?: string }[] = [
  { label: 'Organization' },
  { label: 'Health' },
  { label: 'Latency', className: 'text-right max-sm:hidden' },
  { label: 'Size', className: 'text-right max-sm:hidden' },
  { label: 'Documents', className: 'text-right max-md:hidden' },
  { label: 'Collections', className: 'text-right max-lg:hidden' },
  { label: 'Schema', className: 'max-md:hidden' },
  { label: 'Cell', className: 'max-lg:hidden' },
];

/**
 * One row per database. What is known stands at once; what the database itself must say arrives row by row.
 */
export function DatabaseTable({ rows }: { rows: readonly DatabaseEntry[] }) {
  return (
    <ScrollRegion aria-label="Databases" className="card">
      <table className="w-full border-separate border-spacing-0 text-left text-sm text-text-muted">
        <caption className="sr-only">Databases</caption>
        <thead>
          <tr>
            {COLUMNS.map(({ label, className }) => (
              <th key={label} scope="col" className={clsx(headClass, className)}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="group">
              <td className={cellClass}>
                <Link
                  href={paths.platformOrganization(row.id)}
                  className="font-medium text-text underline-offset-4 hover:underline"
                >
                  {row.name}
                </Link>
                <span className="block font-mono text-text-subtle text-xs max-sm:hidden">
                  {row.databaseName}
                </span>
              </td>
              <Suspense fallback={<WaitingCells />}>
                <HealthCells health={row.health} />
              </Suspense>
              <td className={clsx(cellClass, 'max-md:hidden')}>
                {row.isBehind ? (
                  <Badge tone="warning">{`${row.schemaVersion}, behind`}</Badge>
                ) : (
                  <span className="tabular-nums">{row.schemaVersion}</span>
                )}
              </td>
              <td className={clsx(cellClass, 'whitespace-nowrap max-lg:hidden')}>
                {row.cellId}
                <span className="block text-text-subtle text-xs">{row.provider}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

async function HealthCells({ health }: { health: Promise<DatabaseHealth> }) {
  const answer = await health;
  if (!answer.isReachable) {
    return (
      <Cells
        status={
          <>
            <Badge tone="danger" dot>
              Not reachable
            </Badge>
            <span className="mt-0.5 block max-w-56 text-xs">{answer.reason}</span>
          </>
        }
      />
    );
  }
  return (
    <Cells
      status={
        <>
          <Badge tone="success" dot>
            Reachable
          </Badge>
          <span className="mt-0.5 block text-xs tabular-nums sm:hidden">
            {inLatency(answer.latencyMs)}, {formatBytes(answer.sizeBytes)}
          </span>
        </>
      }
      latency={inLatency(answer.latencyMs)}
      size={formatBytes(answer.sizeBytes)}
      documents={answer.documents.toLocaleString('en-US')}
      collections={answer.collections}
    />
  );
}

const WaitingCells = () => {
  const bar = <Skeleton className="ml-auto h-3.5 w-12" />;
  return (
    <Cells
      status={<Skeleton className="h-5 w-24 rounded-full" />}
      latency={bar}
      size={bar}
      documents={bar}
      collections={bar}
    />
  );
};

function Cells({
  status,
  latency = '–',
  size = '–',
  documents = '–',
  collections = '–',
}: {
  status: ReactNode;
  latency?: ReactNode;
  size?: ReactNode;
  documents?: ReactNode;
  collections?: ReactNode;
}) {
  return (
    <>
      <td className={cellClass}>{status}</td>
      <td className={clsx(numberClass, 'whitespace-nowrap max-sm:hidden')}>{latency}</td>
      <td className={clsx(numberClass, 'whitespace-nowrap max-sm:hidden')}>{size}</td>
      <td className={clsx(numberClass, 'max-md:hidden')}>{documents}</td>
      <td className={clsx(numberClass, 'max-lg:hidden')}>{collections}</td>
    </>
  );
}
