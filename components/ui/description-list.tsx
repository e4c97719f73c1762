import type { ReactNode } from 'react';

export function DescriptionList({ items }: { items: { label: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-6 gap-y-2.5">
      {items.map(({ label, value }) => (
        <div key={label} className="contents">
          <dt className="text-text-muted">{label}</dt>
          <dd className="min-w-0 break-words">{value ?? <span className="text-text-subtle">Not given</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
