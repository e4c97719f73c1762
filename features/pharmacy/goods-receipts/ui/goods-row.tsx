'use client';
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { wholeScan } from '@/features/pharmacy/medicines/gs1';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { type Called, keysOfCalled, LONGEST_NAME, ownWords } from '../../supplier-products/policy';
import type { TypedLine } from '../policy';
import { TAX_RATES_BP } from '../policy';

const TAXES = TAX_RATES_BP.map((bp) => ({ value: String(bp), label: `${bp / 100} %` }));

type Cell = {
  name: Exclude<keyof TypedLine, 'medicineId' | 'medicineName' | 'taxBp' | 'gtin' | keyof Called>;
  label: string;
  width: string;
  mode?: 'numeric' | 'decimal';
  hint?: string;
};
/** In the order of an invoice. */
const CELLS: readonly Cell[] = [
  { name: 'lotNumber', label: 'Lot', width: 'w-28' },
  { name: 'expiresOn', label: 'Expiry', width: 'w-28', hint: '03/2027' },
  { name: 'unitsPerPack', label: 'In a pack', width: 'w-20', mode: 'numeric', hint: '1' },
  { name: 'packs', label: 'Packs', width: 'w-20', mode: 'numeric' },
  { name: 'freePacks', label: 'Free', width: 'w-16', mode: 'numeric', hint: '0' },
  { name: 'mrp', label: 'MRP a pack', width: 'w-24', mode: 'decimal' },
  { name: 'rate', label: 'Rate a pack', width: 'w-24', mode: 'decimal' },
  { name: 'discount', label: 'Discount %', width: 'w-20', mode: 'decimal', hint: '0' },
  { name: 'scheme', label: 'Scheme', width: 'w-24', hint: '2 % or 50.00' },
];

/** A line of the invoice, from the medicine to its tax; what it comes to stands at the end. */
export function GoodsRow({
  line,
  number,
  sum,
  supplierOf,
  onChange,
  onRemove,
}: {
  line: TypedLine;
  number: number;
  sum: string;
  /** Who the invoice is from, as it is chosen at the moment. */
  supplierOf: () => string;
  onChange: (line: TypedLine) => void;
  onRemove: () => void;
}) {
  /** The last words that nothing was found for: perhaps what the supplier calls it. */
  const unknown = useRef('');
  const [asked, setAsked] = useState('');
  return (
    <li
      aria-label={`Line ${number}`}
      className="flex flex-wrap items-end gap-2 border-border border-b px-4 py-3 last:border-b-0 sm:px-5"
    >
      <Field label="Medicine" className="w-60 max-sm:w-full">
        {(control) => (
          <Combobox
            {...control}
            name={`medicine-${number}`}
            // What a spreadsheet calls it, until somebody has chosen what it is here.
            placeholder={(line.medicineId ? '' : line.medicineName) || 'Type the medicine'}
            {...(line.medicineId
              ? { defaultOption: { value: line.medicineId, label: line.medicineName } }
              : {})}
            loadOptions={async (words, signal) => {
              const found = await findMedicine(words, signal, supplierOf());
              if (found.length === 0 && words && !signal.aborted) unknown.current = words;
              return found.map((one) => ({
                value: one.id,
                label: [one.name, one.strength].filter(Boolean).join(' '),
                description: [
                  one.calledName ? `“${one.calledName}” of the supplier` : '',
                  `${countOf(one.onHand, one.unit)} on hand`,
                ]
                  .filter(Boolean)
                  .join(', '),
              }));
            }}
            onSelect={(option) => {
              setAsked(option && supplierOf() && !line.theirName ? unknown.current : '');
              unknown.current = '';
              onChange({ ...line, medicineId: option?.value ?? '', medicineName: option?.label ?? '' });
            }}
          />
        )}
      </Field>
      {CELLS.map(({ name, label, width, mode, hint }) => (
        <Field key={name} label={label} className={width}>
          {(control) => (
            <Input
              {...control}
              aria-label={`${label} of line ${number}`}
              autoComplete="off"
              value={line[name] ?? ''}
              {...(mode ? { inputMode: mode } : {})}
              {...(hint ? { placeholder: hint } : {})}
              onChange={({ target }) => onChange({ ...line, [name]: target.value })}
              onBlur={() => {
                const scan = name === 'lotNumber' && wholeScan(line.lotNumber, new Date().getFullYear());
                if (scan) onChange({ ...line, ...scan });
              }}
            />
          )}
        </Field>
      ))}
      <Field label="Tax" className="w-24">
        {(control) => (
          <Select
            {...control}
            aria-label={`Tax of line ${number}`}
            options={TAXES}
            value={line.taxBp}
            onChange={({ target }) => onChange({ ...line, taxBp: target.value })}
          />
        )}
      </Field>
      <output className="min-w-24 flex-1 pb-2 text-right font-medium text-sm text-text tabular-nums">
        {sum}
      </output>
      <Button variant="ghost" size="icon-sm" aria-label={`Remove line ${number}`} onClick={onRemove}>
        <Icon of="trash" />
      </Button>
      {line.medicineId ? (
        <TheirWords
          line={line}
          asked={asked}
          onAnswer={(theirs) => {
            setAsked('');
            onChange({ ...line, ...theirs });
          }}
        />
      ) : null}
    </li>
  );
}

/** What the supplier calls the medicine of a line: asked about once, known with the next invoice. */
function TheirWords({
  line,
  asked,
  onAnswer,
}: {
  line: TypedLine;
  asked: string;
  onAnswer: (theirs: Called) => void;
}) {
  const { theirName, theirCode } = ownWords(line, line.medicineName);
  const words = [theirName ? `“${theirName}”` : '', theirCode ? `code ${theirCode}` : ''].filter(Boolean);
  if (words.length > 0)
    return (
      <p className="flex w-full flex-wrap items-center gap-2 text-[0.8125rem] text-text-muted">
        The supplier calls it {words.join(', ')}: the next invoice finds it by that.
        <Button
          size="sm"
          variant="ghost"
          onClick={() => onAnswer({ theirName: undefined, theirCode: undefined })}
        >
          Do not remember
        </Button>
      </p>
    );
  if (keysOfCalled({ theirName: asked }).length === 0) return null;
  return (
    <p className="flex w-full flex-wrap items-center gap-2 text-[0.8125rem] text-text-muted">
      Does the supplier call it “{asked}”?
      <Button size="sm" onClick={() => onAnswer({ theirName: asked.slice(0, LONGEST_NAME) })}>
        Yes, remember it
      </Button>
      <Button size="sm" variant="ghost" onClick={() => onAnswer({})}>
        No
      </Button>
    </p>
  );
}
