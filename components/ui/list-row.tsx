import { Children, type ReactNode } from 'react';

/** Rows of a section, each with what it is on the left and what may be done with it on the right. */
export function RowList({
  label,
  empty,
  children,
}: {
  label?: string;
  empty: ReactNode;
  children: ReactNode[];
}) {
  if (children.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  return (
    <ul {...(label ? { 'aria-label': label } : {})} className="divide-y divide-border">
      {children}
    </ul>
  );
}

/** A row of one thing: its name, what is said of it, its amount, and its buttons. */
export function ListRow({
  title,
  about,
  note,
  amount,
  children,
}: {
  title: ReactNode;
  /** One line, or one each. */
  about: ReactNode;
  /** What somebody should look at. */
  note?: string | null;
  amount?: string;
  children?: ReactNode;
}) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium text-text">{title}</p>
        {Children.map(about, (line) => (
          <p className="break-words text-[0.8125rem] text-text-muted">{line}</p>
        ))}
        {note ? <p className="text-[0.8125rem] text-text">{note}</p> : null}
      </div>
      {amount === undefined ? null : <p className="font-medium text-text tabular-nums">{amount}</p>}
      {children ? <div className="flex flex-wrap items-center gap-2">{children}</div> : null}
    </li>
  );
}
