'use client';
import { useState } from 'react';
import { PiecesField } from '@/components/forms/pieces-field';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Combobox, type ComboboxOption } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { countOf, onlyText, splitByExpiry, usableQuantity } from '@/features/pharmacy/medicines/policy';
import { findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { dosageText, lastDay } from '@/features/record/prescriptions/dosage';
import { isSameUnit, lineTitle, type PrescriptionLine } from '@/features/record/prescriptions/policy';
import type { Finding } from '@/features/record/prescriptions/safety';
import { type PiecesLimit, readPieces } from '@/lib/pieces';
import { type Day, formatDay } from '@/lib/time';
import { lotsTooShort, NOT_DISPENSED } from '../policy';
import type { Shelf } from '../queries';

export type RowState = {
  /** As typed. */
  quantity: string;
  /** What it begins with may follow the shelf; what somebody typed stays. */
  isTyped: boolean;
  /** The lot that was scanned; else what expires first. */
  batchId: string | null;
  isScanned: boolean;
  /** Something else than what was prescribed. */
  medicine: ComboboxOption | null;
  /** Nothing of it is given, for good. */
  isRefused: boolean;
  reason: string;
  agreedWith: string;
  /** Why it is given although something speaks against it. */
  overrideReason: string;
};

/** How much may be given of a line: what is owed, and of what is prescribed no more than there is. */
function limitOf(
  { unit }: PrescriptionLine,
  {
    owed,
    there,
    shelf,
    row,
    today,
  }: { owed: number; there: Shelf['lots']; shelf: Shelf | null; row: RowState; today: Day },
): PiecesLimit {
  const owing = { most: owed, sentence: onlyText(owed, unit, { where: 'still owed' }) };
  const usable = usableQuantity(there, today);
  if (!shelf || usable >= owed) return owing;
  const lot = row.batchId ? there.find(({ id }) => id === row.batchId) : null;
  const where = lot ? `left in lot ${lot.lotNumber}` : 'on the shelf';
  return { most: usable, sentence: onlyText(usable, unit, { where }) };
}

/** A line at the counter: what was prescribed, the lots that would go, and what is done instead. */
export function DispenseRow({
  line,
  owed,
  shelf,
  dangers,
  today,
  row,
  onChange,
}: {
  line: PrescriptionLine;
  owed: number;
  shelf: Shelf | null;
  dangers: readonly Finding[];
  today: Day;
  row: RowState;
  /** Only what somebody changed: a scan may have been read since this was drawn. */
  onChange: (changed: Partial<RowState>) => void;
}) {
  const [isAsked, setOther] = useState(!line.medicineId);
  const isOther = isAsked || row.medicine !== null;
  const { isRefused } = row;
  const title = lineTitle(line);
  const usable = shelf ? usableQuantity(shelf.lots, today) : 0;
  const there = shelf?.lots.filter(({ id }) => row.batchId === null || id === row.batchId) ?? [];
  const pieces = readPieces(row.quantity) ?? 0;
  const lots = shelf && !row.medicine && pieces > 0 ? splitByExpiry(there, pieces, today) : null;
  const first = shelf?.lots[0];
  const isLater = !row.medicine && row.batchId !== null && first !== undefined && first.id !== row.batchId;
  const lotOf = (id: string) => shelf?.lots.find((lot) => lot.id === id);
  const endsOn = lastDay(today, line.steps);
  const [tooShort] = lotsTooShort(lots?.flatMap(({ id }) => lotOf(id) ?? []) ?? [], endsOn);
  const lasting = shelf?.lots.find((lot) => endsOn && lot.expiresOn >= endsOn && lot.quantity >= pieces);
  return (
    <li className="grid gap-3 border-border border-b px-4 py-4 last:border-b-0 sm:px-5" aria-label={title}>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2 font-semibold text-sm text-text">
            {title}
            {row.isScanned ? <Badge tone="success">Scanned</Badge> : null}
            {line.isSubstitutionAllowed ? null : <Badge>As written only</Badge>}
            {shelf && usable < owed ? (
              <Badge tone="warning">
                {shelf.stopReason
                  ? `Not given out: ${shelf.stopReason}`
                  : usable === 0
                    ? 'Out of stock'
                    : `Only ${countOf(usable, line.unit)}`}
              </Badge>
            ) : null}
          </p>
          <p className="text-sm text-text-muted">{dosageText(line)}</p>
        </div>
        <PiecesField
          of={`lines.${line.id}`}
          label={`Give of ${title}`}
          caption="Give now"
          help={`${countOf(owed, line.unit)} owed`}
          value={isRefused ? '0' : row.quantity}
          disabled={isRefused}
          after={line.unit}
          limit={limitOf(line, { owed, there, shelf: row.medicine ? null : shelf, row, today })}
          onChange={(quantity) => onChange({ quantity, isTyped: true })}
        />
      </div>
      <p aria-live="polite" className="text-[0.8125rem] text-text-muted">
        {lots
          ? lots
              .map(({ id, quantity }) => {
                const lot = lotOf(id);
                return lot
                  ? `${quantity} from lot ${lot.lotNumber}, expires ${formatDay(lot.expiresOn)}`
                  : '';
              })
              .join('; ')
          : row.medicine
            ? `${row.medicine.label}: what expires first is taken.`
            : isRefused
              ? 'Not given.'
              : pieces > 0
                ? `There is not enough on the shelf.${shelf && shelf.inOtherStores > 0 ? ` Other stores have ${shelf.inOtherStores}.` : ''}`
                : 'Nothing now; it stays owed.'}
      </p>
      {tooShort && endsOn ? (
        <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-warning">
          Lot {tooShort.lotNumber} expires before the course is over, on {formatDay(endsOn)}.
          {lasting ? (
            <Button
              size="sm"
              aria-label={`Take lot ${lasting.lotNumber} of ${title}`}
              onClick={() => onChange({ batchId: lasting.id })}
            >
              Take lot {lasting.lotNumber}
            </Button>
          ) : null}
        </p>
      ) : null}
      {isLater ? (
        <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-warning">
          Lot {first.lotNumber} expires earlier, on {formatDay(first.expiresOn)}.
          <Button
            size="sm"
            aria-label={`Take what expires first of ${title}`}
            onClick={() => onChange({ batchId: null })}
          >
            Take what expires first
          </Button>
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {isOther || isRefused ? null : (
          <Button size="sm" aria-label={`Give something else than ${title}`} onClick={() => setOther(true)}>
            Something else
          </Button>
        )}
        <Button
          size="sm"
          aria-label={isRefused ? `Give ${title} after all` : `Do not give ${title}`}
          onClick={() => {
            const quantity = String(isRefused ? Math.min(owed, usable) : 0);
            onChange({ isRefused: !isRefused, reason: '', quantity, isTyped: false });
          }}
        >
          {isRefused ? 'Give it after all' : 'Not dispensed'}
        </Button>
      </div>
      {isRefused || isOther
        ? null
        : dangers.map((danger) => (
            <Alert key={danger.key} tone="danger" live>
              <p className="font-medium text-text">{danger.sentence}</p>
              <p className="text-[0.8125rem]">{danger.source}. The prescription says nothing about it.</p>
            </Alert>
          ))}
      {!isRefused && (isOther || dangers.length > 0) ? (
        <Field
          label={`Reason to give ${title} all the same`}
          help="Needed where an allergy or another danger speaks against what is given"
        >
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              autoComplete="off"
              value={row.overrideReason}
              onChange={(event) => onChange({ overrideReason: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {isOther && !isRefused ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Given instead">
            {(control) => (
              <Combobox
                {...control}
                key={row.isScanned ? row.medicine?.value : 'typed'}
                name={`instead-${line.id}`}
                defaultOption={row.medicine}
                placeholder="Type the medicine"
                loadOptions={async (words, signal) =>
                  (await findMedicine(words || line.name, signal)).map((one) => ({
                    value: one.id,
                    label: [one.name, one.strength].filter(Boolean).join(' '),
                    description: isSameUnit(one.unit, line.unit)
                      ? `${countOf(one.onHand, one.unit)} on hand`
                      : `Counted by the ${one.unit}, not by the ${line.unit}`,
                  }))
                }
                onSelect={(medicine) =>
                  onChange({
                    ...{ medicine, batchId: null, isScanned: false },
                    ...(pieces === 0 && medicine ? { quantity: String(owed) } : {}),
                  })
                }
              />
            )}
          </Field>
          <Field label="Who agreed" help="Needed where it is not the same ingredient, strength and form">
            {(control) => (
              <Input
                {...control}
                maxLength={80}
                autoComplete="off"
                value={row.agreedWith}
                onChange={(event) => onChange({ agreedWith: event.target.value })}
              />
            )}
          </Field>
        </div>
      ) : null}
      {isRefused ? (
        <Field label={`Why ${title} is not dispensed`} help="The doctor sees it on the prescription" required>
          {(control) => (
            <Input
              {...control}
              autoFocus
              list="not-dispensed"
              maxLength={200}
              value={row.reason}
              onChange={(event) => onChange({ reason: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      <datalist id="not-dispensed">
        {NOT_DISPENSED.map((reason) => (
          <option key={reason} value={reason} />
        ))}
      </datalist>
    </li>
  );
}
