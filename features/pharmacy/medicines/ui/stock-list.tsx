import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { ListPanel, panelLinkClass, panelRowClass } from '@/components/ui/list-panel';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { EXPIRY_NOTICE_DAYS } from '../policy';
import type { StockAlerts } from '../queries';

/** What runs out or expires. */
export function StockList({ alerts }: { alerts: StockAlerts }) {
  const { lowStock, expiring } = alerts;
  const isQuiet = lowStock.length + expiring.length === 0;
  return (
    <ListPanel
      title="Medicines to look after"
      more={{ label: 'All medicines', href: paths.medicines }}
      empty={isQuiet ? `Nothing is low, and nothing expires within ${EXPIRY_NOTICE_DAYS} days.` : null}
    >
      <ul className="divide-y divide-border">
        {lowStock.map((one) => (
          <StockRow
            key={`low-${one.id}`}
            href={paths.medicine(one.id)}
            name={one.name}
            detail={`${one.onHand} left, reorder at ${one.reorderLevel}`}
            mark={one.onHand === 0 ? 'Out of stock' : 'Low'}
            isUrgent={one.onHand === 0}
          />
        ))}
        {expiring.map((one) => (
          <StockRow
            key={`expiry-${one.batchId}`}
            href={paths.medicine(one.id)}
            name={one.name}
            detail={`${one.quantity} of lot ${one.lotNumber}, ${one.isExpired ? 'expired' : 'until'} ${formatDay(one.expiresOn)}`}
            mark={one.isExpired ? 'Expired' : 'Expiring'}
            isUrgent={one.isExpired}
          />
        ))}
      </ul>
    </ListPanel>
  );
}

function StockRow({
  href,
  name,
  detail,
  mark,
  isUrgent,
}: {
  href: string;
  name: string;
  detail: string;
  mark: string;
  isUrgent: boolean;
}) {
  return (
    <li className={panelRowClass}>
      <div className="min-w-0 flex-1">
        <Link href={href} className={panelLinkClass}>
          {name}
        </Link>
        <p className="text-text-muted tabular-nums">{detail}</p>
      </div>
      <Badge tone={isUrgent ? 'danger' : 'warning'}>{mark}</Badge>
    </li>
  );
}
