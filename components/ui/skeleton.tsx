import { clsx } from 'clsx';

/** A place held for what is coming, in its shape. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={clsx('skeleton', className)} />;
}

const key = (part: string, index: number) => `${part}-${index}`;

/** The shape of a list while it loads. */
export function TableSkeleton({
  rows = 8,
  columns = 5,
  label = 'Loading',
}: {
  rows?: number;
  columns?: number;
  label?: string;
}) {
  return (
    <div role="status" className="overflow-hidden rounded-lg border border-border bg-surface-raised">
      <span className="sr-only">{label}</span>
      <div className="flex gap-6 border-border border-b bg-surface-sunken/60 px-4 py-3">
        {Array.from({ length: columns }, (_, index) => (
          <Skeleton key={key('head', index)} className="h-3 flex-1" />
        ))}
      </div>
      {Array.from({ length: rows }, (_, row) => (
        <div key={key('row', row)} className="flex gap-6 border-border border-b px-4 py-3.5 last:border-b-0">
          {Array.from({ length: columns }, (_, index) => (
            <Skeleton key={key('cell', index)} className={clsx('h-3.5 flex-1', index === 0 && 'max-w-48')} />
          ))}
        </div>
      ))}
    </div>
  );
}
