'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { PiecesField } from '@/components/forms/pieces-field';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { FieldNotes } from '@/components/ui/field';
import { optionsOf } from '@/components/ui/select';
import { countOf, expiryMark, onlyText } from '@/features/pharmacy/medicines/policy';
import { type Currency, decimalOf, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { isPiecesSaid, readPieces } from '@/lib/pieces';
import { newRequestKey } from '@/lib/request-key';
import { type Day, formatDay } from '@/lib/time';
import { addSupplierReturnAction } from '../actions';
import { costOfPieces, returnedFrom, SUPPLIER_RETURN_REASONS } from '../policy';
import type { ReturnableLot } from '../queries';

const schema = async () => (await import('../schema')).addSupplierReturnInput;
type From = 'shelf' | 'quarantine';
type Kept = { batchId: string; from: From; storeId?: string; quantity: string };
type Chosen = Record<string, string>;
type Props = { supplierId: string; lots: readonly ReturnableLot[]; currency: Currency; today: Day };

/** What goes back to a supplier, lot by lot: what has expired or will soon stands first. */
export function ReturnLotsForm(props: Props) {
  const router = useRouter();
  const [requestKey, setRequestKey] = useState('');
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(newRequestKey()), []);
  return (
    <ActionForm
      action={addSupplierReturnAction}
      schema={schema}
      label="Return to the supplier"
      draft={{ form: 'supplier-return', of: props.supplierId }}
      onSuccess={({ id }) => router.push(paths.supplierReturn(id))}
    >
      <input type="hidden" name="supplierId" value={props.supplierId} />
      <input type="hidden" name="requestKey" value={requestKey} />
      <Lots {...props} />
      <FormActions>
        <SubmitButton pendingLabel="Sending back">Send back</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** The typed pieces of a draft that was brought back. */
function keptPieces(kept: string | undefined): Chosen {
  if (!kept) return {};
  try {
    const rows = JSON.parse(kept) as Kept[];
    return Object.fromEntries(rows.map((row) => [returnedFrom(row), String(row.quantity)]));
  } catch {
    return {};
  }
}

function Lots({ lots, currency, today }: Props) {
  const { id, error, kept } = useField('lines', 'What goes back');
  const [pieces, setPieces] = useState<Chosen>(() => keptPieces(kept));
  const places = lots.flatMap((lot) => {
    const { batchId } = lot;
    const shelves = lot.shelves.map(({ storeId, storeName, quantity }) => ({
      ...{ lot, from: 'shelf' as const, storeId, where: storeName, there: quantity },
    }));
    const quarantines = lot.quarantines.map(({ storeId, storeName, quantity }) => ({
      ...{ lot, from: 'quarantine' as const, storeId, there: quantity },
      where: ['quarantine', storeName].filter(Boolean).join(', '),
    }));
    return [...shelves, ...quarantines].map((place) => ({
      ...place,
      key: returnedFrom({ batchId, from: place.from, storeId: place.storeId }),
    }));
  });
  const typedOf = (key: string): string => pieces[key] ?? '';
  const said = places.filter(({ key }) => isPiecesSaid(typedOf(key)));
  const costs = said.map(({ lot, key }) => costOfPieces(lot, readPieces(typedOf(key)) ?? 0));
  const isKnown = costs.length > 0 && costs.every((cost) => cost !== null);
  const costMinor = costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
  const proposed = places.filter(({ lot }) => lot.isProposed);
  const others = places.filter(({ lot }) => !lot.isProposed);
  const row = ({ lot, where, there, key }: (typeof places)[number]) => {
    const title = `${lot.name}, lot ${lot.lotNumber}${where ? `, ${where}` : ''}`;
    const mark = expiryMark(lot.expiresOn, today);
    return (
      <li
        key={key}
        aria-label={title}
        className="flex flex-wrap items-start justify-between gap-3 border-border border-b px-4 py-3 last:border-b-0 sm:px-5"
      >
        <div className="min-w-48 flex-1">
          <p className="flex flex-wrap items-center gap-2 font-medium text-sm text-text">
            {title}
            {mark === 'expired' ? <Badge tone="danger">Expired</Badge> : null}
            {mark === 'soon' ? <Badge tone="warning">Expires soon</Badge> : null}
            {lot.isHeld ? <Badge tone="warning">Held</Badge> : null}
          </p>
          <p className="text-[0.8125rem] text-text-muted">
            {countOf(there, lot.unit)} there, expires {formatDay(lot.expiresOn)}
          </p>
        </div>
        <PiecesField
          of={`lines.${key}`}
          label={`Goes back of ${title}`}
          value={typedOf(key)}
          all={{ label: `All of ${title}`, pieces: there }}
          limit={{
            most: there,
            sentence: onlyText(there, lot.unit, {
              of: 'of this lot',
              where: where ? `in ${where}` : 'there',
            }),
          }}
          onChange={(typed) => setPieces((all) => ({ ...all, [key]: typed }))}
        />
      </li>
    );
  };
  return (
    <>
      <input
        type="hidden"
        name="lines"
        data-shown={said
          .map(({ lot, key }) => `${typedOf(key)} × ${lot.name}, lot ${lot.lotNumber}`)
          .join('; ')}
        value={JSON.stringify(
          said.map(({ lot, from, storeId, key }) => ({
            ...{ batchId: lot.batchId, from, storeId, quantity: typedOf(key) },
          })),
        )}
      />
      <Section title="Expired, soon to expire, held or in quarantine" flush>
        {proposed.length > 0 ? (
          <ul id={id}>{proposed.map(row)}</ul>
        ) : (
          <p className="px-5 py-4 text-sm text-text-muted">Nothing of this supplier.</p>
        )}
      </Section>
      {others.length > 0 ? (
        <Section title="Everything else that came from this supplier" flush>
          <ul>{others.map(row)}</ul>
        </Section>
      ) : null}
      <FieldNotes id={id} help={null} error={error} />
      <Section title="The claim">
        <div className="grid gap-5 sm:grid-cols-3">
          <FormSelect
            name="reason"
            label="Why it goes back"
            options={[{ value: '', label: 'Choose' }, ...optionsOf(SUPPLIER_RETURN_REASONS)]}
            required
          />
          <FormField
            name="expected"
            label="Credit that is expected"
            inputMode="decimal"
            autoComplete="off"
            placeholder={isKnown ? decimalOf(costMinor, currency.code) : ''}
            help={isKnown ? `It has cost ${formatAmount(costMinor, currency)}` : 'May be left out'}
          />
          <FormField name="note" label="Note" autoComplete="off" maxLength={200} />
        </div>
      </Section>
    </>
  );
}
