'use client';

import { type PointerEvent, type ReactNode, useState } from 'react';

/** What a chart says in words, a row for each category: its name, and a cell for each series. */
export type Figures = { labels: readonly string[]; rows: readonly (readonly string[])[] };

type Named = { title: string; unit: string; categoryLabel: string };

/** The figures as a table. Its rows are made when somebody opens it: years of them are thousands of cells. */
export function ChartTable({ title, unit, categoryLabel, labels, rows }: Figures & Named) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="no-print text-[0.8125rem]"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-sm text-text-muted hover:text-text">
        Show “{title}” as a table
      </summary>
      {isOpen ? (
        <div className="relative mt-2 max-h-80 overflow-auto">
          <table className="w-full text-left">
            <caption className="sr-only">
              {title}, in {unit}
            </caption>
            <thead>
              <tr className="text-text-muted">
                <th scope="col" className="py-1.5 pr-4 font-medium">
                  {categoryLabel}
                </th>
                {labels.map((label) => (
                  <th key={label} scope="col" className="py-1.5 pl-4 text-right font-medium">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="whitespace-nowrap tabular-nums [&_td]:py-1.5 [&_td]:pl-4 [&_td]:text-right [&_td]:text-text-muted [&_th]:py-1.5 [&_th]:pr-4 [&_th]:font-normal [&_th]:text-text [&_tr]:border-border [&_tr]:border-t">
              {rows.map(([name, ...cells]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {labels.map((label, index) => (
                    <td key={label}>{cells[index]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  );
}

/** Where the first category stands along a drawing, and how far it is to the next: parts of its width. */
export type Along = { first: number; step: number };

/** The drawing, and beside the finger or the pointer the figures of the category that is nearest to it. */
export function ChartDrawing({
  labels,
  rows,
  along: { first, step },
  children,
}: Figures & { along: Along; children: ReactNode }) {
  const [shown, setShown] = useState<number | null>(null);
  const follow = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const nearest = step > 0 ? Math.round(((clientX - left) / width - first) / step) : 0;
    setShown(Math.min(Math.max(nearest, 0), rows.length - 1));
  };
  const [name, ...cells] = shown === null ? [] : (rows[shown] ?? []);
  const at = first + (shown ?? 0) * step;
  return (
    <div
      className="relative min-w-[36rem] [direction:ltr] print:min-w-0"
      onPointerDown={follow}
      onPointerMove={follow}
      onPointerLeave={() => setShown(null)}
    >
      {children}
      {name === undefined ? null : (
        <div
          aria-hidden="true"
          className="pointer-events-none absolute top-3 rounded-md border border-border bg-surface-raised px-2.5 py-1.5 text-[0.8125rem] shadow-overlay"
          style={at > 0.5 ? { right: `${(1 - at) * 100 + 1.5}%` } : { left: `${at * 100 + 1.5}%` }}
        >
          <p className="whitespace-nowrap font-medium text-text">{name}</p>
          {labels.map((label, index) => (
            <p key={label} className="whitespace-nowrap text-text-muted tabular-nums">
              {label} <span className="text-text">{cells[index]}</span>
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
