'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormField, FormSelect, useField } from '@/components/forms/form-field';
import { sayTyped } from '@/components/forms/text-file-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { FieldNotes } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { type Currency, formatAmount, minorOf, readDecimal } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { newRequestKey } from '@/lib/request-key';
import { type NamedStore, StoreField } from '../../stores/ui/store-field';
import { receiveGoodsAction } from '../actions';
import {
  invoiceAmounts,
  isEmptyLine,
  MOST_LINES,
  purchaseAmounts,
  readLine,
  type TypedLine,
  USUAL_TAX_BP,
} from '../policy';
import type { GoodsPlan } from '../spreadsheet';
import { GoodsRow } from './goods-row';
import { ScanLine } from './scan-line';
import { SheetLines } from './sheet-lines';

type Row = TypedLine & { key: number };
const EMPTY: TypedLine = {
  ...{ medicineId: '', medicineName: '', unitsPerPack: '', packs: '', freePacks: '', lotNumber: '' },
  ...{ expiresOn: '', rate: '', mrp: '', discount: '', scheme: '', taxBp: String(USUAL_TAX_BP) },
};
const schema = async () => (await import('../schema')).receiveGoodsInput;

/** A supplier's invoice, typed as the paper has it: one row for each of its lines. */
export function GoodsForm({
  suppliers,
  stores,
  currency,
  isIndia,
  isTaxClaimed,
  day,
  order = null,
}: {
  suppliers: readonly { id: string; name: string }[];
  stores: readonly NamedStore[];
  currency: Currency;
  isIndia: boolean;
  isTaxClaimed: boolean;
  day: string;
  /** The order that the goods came against, with what of it is still open. */
  order?: { id: string; supplierId: string; lines: Partial<TypedLine>[] } | null;
}) {
  const router = useRouter();
  const [requestKey, setRequestKey] = useState('');
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(newRequestKey()), []);
  return (
    <ActionForm
      action={receiveGoodsAction}
      schema={schema}
      label="Invoice of a supplier"
      draft={{ form: 'goods-receipt', ...(order ? { of: order.id } : {}) }}
      onSuccess={({ id }) => router.push(paths.purchase(id))}
    >
      <input type="hidden" name="requestKey" value={requestKey} />
      <input type="hidden" name="orderId" value={order?.id ?? ''} />
      <Section title="The invoice">
        <div className="grid gap-5 sm:grid-cols-3">
          <FormSelect
            name="supplierId"
            label="Supplier"
            defaultValue={order?.supplierId ?? ''}
            options={[
              { value: '', label: 'Choose' },
              ...suppliers.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            required
          />
          <FormField name="invoiceNumber" label="Invoice number" autoComplete="off" required maxLength={40} />
          <FormField
            name="invoiceDay"
            label="Invoice date"
            type="date"
            max={day}
            defaultValue={day}
            required
          />
          <StoreField stores={stores} label="Into store" />
        </div>
      </Section>
      <Lines currency={currency} isIndia={isIndia} begin={order?.lines ?? []} />
      <FormCheckbox
        name="isTaxClaimed"
        label="The tax is claimed back, so that it is no part of what the goods cost"
        defaultChecked={isTaxClaimed}
      />
      <FormField name="note" label="Note" autoComplete="off" maxLength={200} />
      <FormActions>
        <SubmitButton pendingLabel="Taking into stock">Take into stock</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** The typed rows of a draft that was brought back. */
function keptRows(kept: string | undefined): Row[] | null {
  if (!kept) return null;
  try {
    return (JSON.parse(kept) as TypedLine[]).map((line, key) => ({ ...EMPTY, ...line, key }));
  } catch {
    return null;
  }
}

function Lines({
  currency,
  isIndia,
  begin,
}: {
  currency: Currency;
  isIndia: boolean;
  begin: readonly Partial<TypedLine>[];
}) {
  const { id, error, kept } = useField('lines', 'Lines');
  const [rows, setRows] = useState<Row[]>(
    () =>
      keptRows(kept) ?? (begin.length > 0 ? begin : [{}]).map((line, key) => ({ ...EMPTY, ...line, key })),
  );
  const { kept: keptCharges } = useField('charges', 'Freight and charges');
  const [charges, setCharges] = useState(keptCharges ?? '');
  const next = useRef(1_000);
  const list = useRef<HTMLOListElement>(null);
  const [notes, setNotes] = useState<GoodsPlan['notes']>([]);
  /** Chosen above, in the same form, and also brought back by a draft. */
  const supplierOf = () =>
    String(new FormData(list.current?.closest('form') ?? undefined).get('supplierId') ?? '');
  const add = (...lines: Partial<TypedLine>[]) => {
    const from = next.current + 1;
    next.current += lines.length;
    const more = lines.map((line, at) => ({ ...EMPTY, ...line, key: from + at }));
    setRows((all) => [...all.filter((one) => !isEmptyLine(one)), ...more]);
    // No key has typed them.
    sayTyped(list.current);
  };
  const minorIn = (decimal: string | null): number =>
    decimal === null ? 0 : (minorOf(decimal, currency.code) ?? 0);
  const factsOf = (row: Row) => {
    const { line } = readLine({ ...row, medicineId: '0'.repeat(24), lotNumber: 'x', expiresOn: '01/2030' });
    if (!line) return null;
    const schemeMinor = line.scheme === undefined ? undefined : minorIn(line.scheme);
    return { ...line, rateMinor: minorIn(line.rate), schemeMinor };
  };
  const facts = rows.flatMap((row) => factsOf(row) ?? []);
  const sums = invoiceAmounts(facts, {
    ...{ chargesMinor: minorIn(readDecimal(charges || '0')), roundOffMinor: 0 },
    ...{ isTaxClaimed: true, isHalved: isIndia },
  });
  const sumOf = (row: Row): string => {
    const line = isEmptyLine(row) ? null : factsOf(row);
    return line ? formatAmount(purchaseAmounts(line, isIndia).netMinor, currency) : '';
  };
  return (
    <Section
      title="What came"
      description="Free packs come onto the shelf and cost nothing. A scheme is taken off after the discount: a part with %, or an amount."
      flush
      actions={
        <>
          <SheetLines
            supplierOf={supplierOf}
            onRead={(plan) => {
              add(...plan.lines);
              setNotes(plan.notes);
            }}
          />
          <ScanLine supplierOf={supplierOf} onFound={(line) => add(line)} />
        </>
      }
    >
      <input
        type="hidden"
        name="lines"
        data-shown={rows
          .filter((row) => !isEmptyLine(row))
          .map(({ packs, medicineName }) => `${packs || 0} × ${medicineName}`)
          .join('; ')}
        value={JSON.stringify(rows.filter((row) => !isEmptyLine(row)).map(({ key: _, ...line }) => line))}
      />
      {notes.length > 0 ? (
        <Alert
          tone="warning"
          live
          className="m-4"
          title="Look at these lines of the spreadsheet"
          action={
            <Button size="sm" onClick={() => setNotes([])}>
              Done
            </Button>
          }
        >
          <ul className="grid gap-1">
            {notes.map(({ line, sentence }) => (
              <li key={`${line}-${sentence}`}>
                Line {line}: {sentence}
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <ol id={id} ref={list}>
        {rows.map((row, index) => (
          <GoodsRow
            key={row.key}
            line={row}
            number={index + 1}
            sum={sumOf(row)}
            supplierOf={supplierOf}
            onChange={(line) =>
              setRows((all) => all.map((one) => (one.key === row.key ? { ...line, key: row.key } : one)))
            }
            onRemove={() => {
              setRows((all) =>
                all.length > 1 ? all.filter((one) => one.key !== row.key) : [{ ...EMPTY, key: row.key + 1 }],
              );
              sayTyped(list.current);
            }}
          />
        ))}
      </ol>
      <div className="grid gap-4 border-border border-t px-4 py-4 sm:px-5">
        <FieldNotes id={id} help={null} error={error} />
        {rows.length > MOST_LINES ? (
          <p className="text-danger text-sm">
            An invoice is entered with at most {MOST_LINES} lines, and these are {rows.length}.
          </p>
        ) : null}
        <div className="flex flex-wrap items-end justify-between gap-4">
          <Button
            onClick={() => {
              next.current += 1;
              const { taxBp = EMPTY.taxBp } = rows.at(-1) ?? {};
              setRows((all) => [...all, { ...EMPTY, taxBp, key: next.current }]);
            }}
          >
            <Icon of="plus" /> Another line
          </Button>
          <div className="grid gap-4 sm:grid-cols-2">
            <FormField
              name="charges"
              label="Freight and charges"
              inputMode="decimal"
              autoComplete="off"
              onChange={({ target }) => setCharges(target.value)}
            />
            <FormField
              name="total"
              label="Total on the paper"
              inputMode="decimal"
              autoComplete="off"
              required
              help="Rounded as it is printed"
            />
          </div>
        </div>
        <p role="status" className="text-right text-sm text-text-muted">
          {formatAmount(sums.taxableMinor, currency)} and {formatAmount(sums.taxMinor, currency)} tax come to{' '}
          <span className="font-semibold text-text">{formatAmount(sums.totalMinor, currency)}</span>
        </p>
      </div>
    </Section>
  );
}
