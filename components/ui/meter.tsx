import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';

/** How much of a limit is used. Without a limit (`max` null) it says the number and draws no bar. */
export function Meter({
  label,
  value,
  max,
  text,
  compact = false,
  className,
}: {
  label: string;
  value: number;
  max: number | null;
  /** In words: "3 of 5", "120 MiB of 1 GiB". */
  text?: ReactNode;
  /** For a table cell: the label is only read aloud. */
  compact?: boolean;
  className?: string;
}) {
  const id = useId();
  const ratio = max === null ? 0 : max > 0 ? value / max : value > 0 ? 1 : 0;
  const tone = ratio >= 1 ? 'bg-danger' : ratio >= 0.8 ? 'bg-warning' : 'bg-accent';
  const words = text ?? (max === null ? `${value}, no limit` : `${value} of ${max}`);
  return (
    <div className={clsx('grid gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3 text-[0.8125rem]">
        <span id={id} className={clsx('text-text-muted', compact && 'sr-only')}>
          {label}
        </span>
        <span className="font-medium text-text tabular-nums">{words}</span>
      </div>
      {max === null ? null : (
        // A <meter> cannot be coloured alike in all browsers; the role says the same.
        // biome-ignore lint/a11y/useSemanticElements: see above
        <div
          role="meter"
          aria-labelledby={id}
          aria-valuemin={0}
          aria-valuemax={max}
          aria-valuenow={Math.min(value, max)}
          aria-valuetext={typeof words === 'string' ? words : `${value} of ${max}`}
          className="h-1.5 overflow-hidden rounded-full bg-surface-sunken ring-1 ring-border ring-inset"
        >
          <div
            className={clsx('h-full rounded-full', tone)}
            style={{ width: `${Math.min(100, Math.max(ratio * 100, value > 0 ? 2 : 0))}%` }}
          />
        </div>
      )}
    </div>
  );
}
