'use client';
import { Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { wholeScan } from '@/features/pharmacy/medicines/gs1';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import type { TypedLine } from '../policy';
import { TAX_RATES_BP } from '../policy';

const TAXES = TAX_RATES_BP.map((bp) => ({ value: String(bp), label: `${bp / 100} %` }));

type Cell = {
  name: Exclude<keyof TypedLine, 'medicineId' | 'medicineName' | 'taxBp' | 'gtin'>;
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
];

/** A line of the invoice, from the medicine to its tax; what it comes to stands at the end. */
export function GoodsRow({
  line,
  number,
  sum,
  onChange,
  onRemove,
}: {
  line: TypedLine;
  number: number;
  sum: string;
  onChange: (line: TypedLine) => void;
  onRemove: () => void;
}) {
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
            loadOptions={async (words, signal) =>
              (await findMedicine(words, signal)).map((one) => ({
                value: one.id,
                label: [one.name, one.strength].filter(Boolean).join(' '),
                description: `${countOf(one.onHand, one.unit)} on hand`,
              }))
            }
            onSelect={(option) =>
              onChange({ ...line, medicineId: option?.value ?? '', medicineName: option?.label ?? '' })
            }
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
              value={line[name]}
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
        <Trash2 aria-hidden="true" />
      </Button>
    </li>
  );
}
