import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type Description = { label: string; value: ReactNode };

/** Names and values of one record. An empty value shows a dash. */
export function DescriptionList({
  items,
  columns = 1,
  className,
}: {
  items: readonly Description[];
  columns?: 1 | 2 | 3;
  className?: string;
}) {
  return (
    <dl
      className={clsx(
        'grid gap-x-8 gap-y-3.5',
        columns === 2 && 'sm:grid-cols-2',
        columns === 3 && 'sm:grid-cols-2 xl:grid-cols-3',
        className,
      )}
    >
      {items.map((item) => (
        <div key={item.label} className="min-w-0">
          <dt className="text-[0.8125rem] text-text-subtle">{item.label}</dt>
          <dd className="break-words text-text">
            {item.value === null || item.value === undefined || item.value === '' ? '–' : item.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
