import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { type Day, formatDay, shiftDay } from '@/lib/time';
import type { GoodsReceipt } from '../dto';
import { SHORT_EXPIRY_DAYS } from '../policy';

/** "less 2 % of a scheme (₹40.00)". */
const schemeText = (bp: number | null, minor: number, money: (minor: number) => string): string => {
  if (minor === 0) return '';
  return bp === null
    ? ` less ${money(minor)} of a scheme`
    : ` less ${bp / 100} % of a scheme (${money(minor)})`;
};

/** What came with an invoice: lots, what they cost us by the piece, and prices that have changed. */
export function ReceiptLines({ receipt, currency }: { receipt: GoodsReceipt; currency: Currency }) {
  const short: Day = shiftDay(receipt.day, SHORT_EXPIRY_DAYS);
  const money = (minor: number) => formatAmount(minor, currency);
  return (
    <ul aria-label="Lines of the invoice" className="divide-y divide-border text-sm">
      {receipt.lines.map((line) => {
        const toOrder = line.orderRateMinor === null ? 0 : line.rateMinor - line.orderRateMinor;
        const change = line.lastRateMinor === null ? 0 : line.rateMinor - line.lastRateMinor;
        return (
          <li
            key={`${line.batchId}-${line.rateMinor}-${line.packs}`}
            className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 py-3 sm:px-5"
          >
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-center gap-2">
                <Link
                  href={paths.medicine(line.medicineId)}
                  className="font-medium text-text hover:underline"
                >
                  {line.name}
                </Link>
                {line.expiresOn < short ? <Badge tone="warning">Expires soon</Badge> : null}
                {line.isUnordered ? <Badge tone="warning">Not ordered</Badge> : null}
                {toOrder === 0 ? null : (
                  <Badge tone={toOrder > 0 ? 'danger' : 'info'}>
                    {toOrder > 0
                      ? `${money(toOrder)} a pack above the order`
                      : `${money(-toOrder)} a pack below the order`}
                  </Badge>
                )}
                {change === 0 ? null : (
                  <Badge tone={change > 0 ? 'warning' : 'info'}>
                    {change > 0 ? `${money(change)} dearer a pack` : `${money(-change)} cheaper a pack`}
                  </Badge>
                )}
              </p>
              <p className="text-text-muted">
                Lot {line.lotNumber}, expires {formatDay(line.expiresOn)}. {line.packs} packs
                {line.freePacks > 0 ? ` and ${line.freePacks} free` : ''} of{' '}
                {countOf(line.unitsPerPack, line.unit)} at {money(line.rateMinor)}
                {line.discountBp > 0 ? ` less ${line.discountBp / 100} %` : ''}
                {schemeText(line.schemeBp, line.schemeMinor, money)}, tax {line.taxBp / 100} %
                {line.mrpMinor === null ? '' : `, MRP ${money(line.mrpMinor)}`}
              </p>
            </div>
            <p className="text-right tabular-nums">
              <span className="block font-medium text-text">{money(line.netMinor)}</span>
              <span className="text-[0.8125rem] text-text-muted">
                {countOf(line.pieces, line.unit)} cost us {money(line.costMinor)}
              </span>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
