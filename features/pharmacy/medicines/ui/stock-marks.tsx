import { clsx } from 'clsx';
import { Badge } from '@/components/ui/badge';
import { countOf, expiryMark, type StockMark } from '../policy';

const WORDS = { out: 'Out of stock', low: 'Low stock' } as const;

/** Says low or out in words; enough says nothing. */
export function StockBadge({ mark }: { mark: StockMark }) {
  if (mark === 'enough') return null;
  return <Badge tone={mark === 'out' ? 'danger' : 'warning'}>{WORDS[mark]}</Badge>;
}

const BARS: Record<StockMark, string> = { out: 'bg-danger', low: 'bg-warning', enough: 'bg-accent' };

/** Stock against the reorder level, which is the mark in the middle: twice that much fills the bar. */
export function StockMeter({
  onHand,
  reorderLevel,
  unit,
  mark,
  className,
}: {
  onHand: number;
  reorderLevel: number;
  unit: string;
  mark: StockMark;
  className?: string;
}) {
  const full = reorderLevel * 2;
  return (
    // A <meter> cannot be coloured alike in all browsers; the role says the same.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <span
      role="meter"
      aria-label="Stock against the reorder level"
      aria-valuemin={0}
      aria-valuemax={Math.max(full, 1)}
      aria-valuenow={Math.min(onHand, Math.max(full, 1))}
      aria-valuetext={`${countOf(onHand, unit)} on hand, reorder at ${reorderLevel}`}
      className={clsx(
        'relative block h-1.5 overflow-hidden rounded-full bg-surface-sunken ring-1 ring-border ring-inset',
        className,
      )}
    >
      <span
        className={clsx('block h-full rounded-full', BARS[mark])}
        style={{
          width: `${onHand <= 0 ? 0 : full === 0 ? 100 : Math.min(100, Math.max(4, (onHand / full) * 100))}%`,
        }}
      />
      {full > 0 ? <span className="absolute inset-y-0 left-1/2 w-0.5 bg-border-strong" /> : null}
    </span>
  );
}

const day = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const shortDay = (text: string): string => day.format(new Date(`${text}T00:00:00Z`));

/** A day with its mark: red when it has passed, amber when it comes within 90 days. */
export function Expiry({ expiresOn, today }: { expiresOn: string | null; today: string }) {
  if (!expiresOn) return <span className="text-text-subtle">–</span>;
  const mark = expiryMark(expiresOn, today);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1 whitespace-nowrap tabular-nums">
      <time dateTime={expiresOn}>{shortDay(expiresOn)}</time>
      {mark === 'expired' ? <Badge tone="danger">Expired</Badge> : null}
      {mark === 'soon' ? <Badge tone="warning">Expires soon</Badge> : null}
    </span>
  );
}
