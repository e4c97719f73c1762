import { Badge } from '@/components/ui/badge';
import { EXPIRY_NOTICE_DAYS } from '@/lib/features/medicines/schema';
import { formatDay, shiftDay } from '@/lib/time';

/** Says low or out in words, not by colour alone. */
export function StockBadge({ mark }: { mark: 'out' | 'low' | 'enough' }) {
  if (mark === 'enough') return null;
  return <Badge tone={mark === 'out' ? 'danger' : 'warning'}>{mark === 'out' ? 'Out of stock' : 'Low'}</Badge>;
}

export function Expiry({ day, today }: { day: string | null; today: string }) {
  if (!day) return <span className="text-text-subtle">–</span>;
  const mark = day < today ? 'expired' : day <= shiftDay(today, EXPIRY_NOTICE_DAYS) ? 'soon' : null;
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap tabular-nums">
      {formatDay(day).slice(4)}
      {mark ? <Badge tone={mark === 'expired' ? 'danger' : 'warning'}>{mark === 'expired' ? 'Expired' : 'Soon'}</Badge> : null}
    </span>
  );
}
