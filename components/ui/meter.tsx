import { cn } from './cn';

type MeterProps = { label: string; value: number; max: number | null; text?: string; className?: string };

/** How much of a limit is used; amber from 80 %, red at the limit. `max: null` is unlimited. */
export function Meter({ label, value, max, text, className }: MeterProps) {
  const ratio = max ? Math.min(1, value / max) : 0;
  const tone = max === null || ratio < 0.8 ? 'bg-accent' : ratio < 1 ? 'bg-warning' : 'bg-danger';
  return (
    <div className={cn('min-w-24', className)}>
      <div className="mb-1 flex justify-between gap-3 text-[13px]">
        <span className="text-text-muted">{label}</span>
        <span className="tabular font-medium">{text ?? (max === null ? `${value}, unlimited` : `${value} of ${max}`)}</span>
      </div>
      <div
        role="meter"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={max ?? value}
        className="h-1.5 overflow-hidden rounded-full bg-surface-sunken"
      >
        <div className={cn('h-full rounded-full', tone)} style={{ width: `${Math.max(ratio * 100, value > 0 ? 2 : 0)}%` }} />
      </div>
    </div>
  );
}
