'use client';
import { PiecesField } from '@/components/forms/pieces-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { type Currency, formatAmount, formatFigure } from '@/lib/currency';
import { type Day, formatDay } from '@/lib/time';
import { soldAs } from '../policy';
import { lineFacts, type SaleLine } from './sale-lines';

/** A line of a sale: how many, of which lots, at which price. */
export function SaleRow({
  line,
  currency,
  today,
  onChange,
  onRemove,
}: {
  line: SaleLine;
  currency: Currency;
  today: Day;
  /** Only what somebody changed: the shelf may have answered since this was drawn. */
  onChange: (changed: Partial<SaleLine>) => void;
  onRemove: () => void;
}) {
  const { name, quantity, batchId, shelf } = line;
  const { pieces, unitMinor, lots, problem } = lineFacts(line, today);
  const first = shelf?.lots[0];
  const isLater = batchId !== null && first !== undefined && first.id !== batchId;
  return (
    <li aria-label={name} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium text-sm text-text">
          {name}
          {shelf?.classLabel ? <Badge tone="warning">{shelf.classLabel}</Badge> : null}
          {shelf && !shelf.isClassSet ? <Badge>Class not set: ask your pharmacist</Badge> : null}
          {problem ? <Badge tone="danger">{problem}</Badge> : null}
        </p>
        <p aria-live="polite" className="text-[0.8125rem] text-text-muted tabular-nums">
          {[
            shelf
              ? lots
                  .map(
                    ({ taken, lotNumber, expiresOn }) =>
                      `${taken} from lot ${lotNumber}, ${formatDay(expiresOn)}`,
                  )
                  .join('; ')
              : 'Looking at the shelf',
            unitMinor > 0 ? `${formatAmount(unitMinor, currency)} each` : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {isLater ? (
          <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-warning">
            Lot {first.lotNumber} expires earlier, on {formatDay(first.expiresOn)}.
            <Button size="sm" onClick={() => onChange({ batchId: null })}>
              Take what expires first
            </Button>
          </p>
        ) : null}
      </div>
      <div className="flex items-start gap-x-3 max-sm:w-full max-sm:justify-end">
        <PiecesField
          of={`lines.${soldAs(line)}`}
          label={`Quantity of ${name}`}
          className="w-20"
          value={quantity}
          // How many there are is said beside the name.
          limit={null}
          onChange={(typed) => onChange({ quantity: typed })}
        />
        <output className="w-24 py-2 text-right font-medium text-sm tabular-nums">
          {formatFigure(pieces * unitMinor, currency)}
        </output>
        <Button variant="ghost" size="icon-sm" aria-label={`Remove ${name}`} onClick={onRemove}>
          <Icon of="trash" />
        </Button>
      </div>
    </li>
  );
}
