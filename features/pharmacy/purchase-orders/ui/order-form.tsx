'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Combobox } from '@/components/ui/combobox';
import { Field, FieldNotes } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { countOf } from '@/features/pharmacy/medicines/policy';
import { findMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import { paths } from '@/lib/paths';
import { newRequestKey } from '@/lib/request-key';
import { addOrderAction, updateOrderAction } from '../actions';
import { isEmptyOrderLine } from '../policy';
import type { TypedOrderLine } from '../schema';

type Row = TypedOrderLine & { key: number };
const EMPTY: TypedOrderLine = {
  ...{ medicineId: '', medicineName: '', unitsPerPack: '', packs: '', freePacks: '', rate: '' },
};
type Known = { id: string; version: number };
type Begin = { supplierId: string; note: string; lines: readonly Partial<TypedOrderLine>[] };
const addSchema = async () => (await import('../schema')).addOrderInput;
const updateSchema = async () => (await import('../schema')).updateOrderInput;

/** What is ordered of a supplier, one row for each medicine. */
export function OrderForm({
  suppliers,
  order = null,
  begin,
}: {
  suppliers: readonly { id: string; name: string }[];
  /** The draft that is changed; null for a new one. */
  order?: Known | null;
  begin: Begin;
}) {
  const router = useRouter();
  const [requestKey, setRequestKey] = useState('');
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(newRequestKey()), []);
  const onSuccess = ({ id }: { id: string }) => router.push(paths.purchaseOrder(id));
  const fields = (
    <>
      <Section title="The order">
        <div className="grid gap-5 sm:grid-cols-2">
          <FormSelect
            name="supplierId"
            label="Supplier"
            defaultValue={begin.supplierId}
            options={[
              { value: '', label: 'Choose' },
              ...suppliers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            required
          />
          <FormField name="note" label="Note" autoComplete="off" maxLength={300} defaultValue={begin.note} />
        </div>
      </Section>
      <Lines begin={begin.lines} />
      <FormActions>
        <SubmitButton pendingLabel="Saving">{order ? 'Save the order' : 'Save as a draft'}</SubmitButton>
      </FormActions>
    </>
  );
  return order ? (
    <ActionForm
      action={updateOrderAction}
      schema={updateSchema}
      label="Order"
      draft={{ form: 'purchase-order', of: order.id, version: order.version }}
      onSuccess={onSuccess}
    >
      <input type="hidden" name="orderId" value={order.id} />
      {fields}
    </ActionForm>
  ) : (
    <ActionForm
      action={addOrderAction}
      schema={addSchema}
      label="Order"
      draft={{ form: 'purchase-order', ...(begin.supplierId ? { of: begin.supplierId } : {}) }}
      onSuccess={onSuccess}
    >
      <input type="hidden" name="requestKey" value={requestKey} />
      {fields}
    </ActionForm>
  );
}

/** The typed rows of a draft that was brought back. */
function keptRows(kept: string | undefined): Row[] | null {
  if (!kept) return null;
  try {
    return (JSON.parse(kept) as TypedOrderLine[]).map((line, key) => ({ ...EMPTY, ...line, key }));
  } catch {
    return null;
  }
}

function Lines({ begin }: { begin: Begin['lines'] }) {
  const { id, error, kept } = useField('lines', 'Lines');
  const [rows, setRows] = useState<Row[]>(
    () =>
      keptRows(kept) ?? (begin.length > 0 ? begin : [{}]).map((line, key) => ({ ...EMPTY, ...line, key })),
  );
  const next = useRef(1_000);
  const add = () => {
    next.current += 1;
    setRows((all) => [...all, { ...EMPTY, key: next.current }]);
  };
  return (
    <Section title="What is ordered" description="The rate may be left out; it is agreed later." flush>
      <input
        type="hidden"
        name="lines"
        data-shown={rows
          .filter((row) => !isEmptyOrderLine(row))
          .map(({ packs, medicineName }) => `${packs || 0} × ${medicineName}`)
          .join('; ')}
        value={JSON.stringify(
          rows.filter((row) => !isEmptyOrderLine(row)).map(({ key: _, ...line }) => line),
        )}
      />
      <ol id={id}>
        {rows.map((row, index) => (
          <OrderRow
            key={row.key}
            line={row}
            number={index + 1}
            onChange={(line) =>
              setRows((all) => all.map((one) => (one.key === row.key ? { ...line, key: row.key } : one)))
            }
            onRemove={() => {
              next.current += 1;
              const rest = rows.filter((one) => one.key !== row.key);
              setRows(rest.length > 0 ? rest : [{ ...EMPTY, key: next.current }]);
            }}
          />
        ))}
      </ol>
      <div className="grid gap-4 border-border border-t px-4 py-4 sm:px-5">
        <FieldNotes id={id} help={null} error={error} />
        <div>
          <Button onClick={add}>
            <Icon of="plus" /> Another line
          </Button>
        </div>
      </div>
    </Section>
  );
}

const CELLS = [
  { name: 'unitsPerPack', label: 'In a pack', width: 'w-24', mode: 'numeric', hint: '1' },
  { name: 'packs', label: 'Packs', width: 'w-24', mode: 'numeric', hint: '' },
  { name: 'freePacks', label: 'Free', width: 'w-20', mode: 'numeric', hint: '0' },
  { name: 'rate', label: 'Rate a pack', width: 'w-28', mode: 'decimal', hint: '' },
] as const;

function OrderRow({
  line,
  number,
  onChange,
  onRemove,
}: {
  line: TypedOrderLine;
  number: number;
  onChange: (line: TypedOrderLine) => void;
  onRemove: () => void;
}) {
  return (
    <li
      aria-label={`Line ${number}`}
      className="flex flex-wrap items-end gap-2 border-border border-b px-4 py-3 last:border-b-0 sm:px-5"
    >
      <Field label="Medicine" className="w-72 max-sm:w-full">
        {(control) => (
          <Combobox
            {...control}
            name={`medicine-${number}`}
            placeholder="Type the medicine"
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
              inputMode={mode}
              placeholder={hint}
              value={line[name]}
              onChange={({ target }) => onChange({ ...line, [name]: target.value })}
            />
          )}
        </Field>
      ))}
      <Button variant="ghost" size="icon-sm" aria-label={`Remove line ${number}`} onClick={onRemove}>
        <Icon of="trash" />
      </Button>
    </li>
  );
}
