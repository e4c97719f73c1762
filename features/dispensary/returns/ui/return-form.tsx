'use client';
import { useEffect, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { PiecesField } from '@/components/forms/pieces-field';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Field, FieldNotes } from '@/components/ui/field';
import { optionsOf, Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { countOf, onlyText } from '@/features/pharmacy/medicines/policy';
import type { FormAction } from '@/lib/action-result';
import { isPiecesSaid } from '@/lib/pieces';
import { newRequestKey } from '@/lib/request-key';
import { formatDay } from '@/lib/time';
import { takeBackAction } from '../actions';
import type { MedicineReturn } from '../dto';
import { RETURN_PLACES, RETURN_REASONS, type ReturnPlace } from '../policy';
import type { Returnable } from '../queries';

type Lot = Returnable['lots'][number];
/** Its quantity as typed. */
type RowState = { quantity: string; place: ReturnPlace; isOpened: boolean };
const NOTHING: RowState = { quantity: '', place: 'shelf', isOpened: false };
const schema = async () => (await import('../schema')).takeBackInput;

/** What comes back of a dispense, lot by lot. */
export function ReturnForm({
  dispenseId,
  lots,
  isOpenedTaken,
}: {
  dispenseId: string;
  lots: readonly Lot[];
  isOpenedTaken: boolean;
}) {
  const [rows, setRows] = useState<Record<string, RowState>>({});
  const [requestKey, setRequestKey] = useState('');
  // A key of the browser's making: the page on the server must not have another.
  useEffect(() => setRequestKey(newRequestKey()), []);
  const open = lots.filter(({ left, isExpired }) => left > 0 && !isExpired);
  const posted = open.map(({ movementId }) => ({ movementId, ...(rows[movementId] ?? NOTHING) }));
  // Said here and not by the form: what comes back may take the form off the page.
  const act: FormAction<MedicineReturn> = async (previous, form) => {
    const result = await takeBackAction(previous, form);
    if (result.status !== 'ok') return result;
    const { message, ...rest } = result;
    if (message) toast.success(message);
    return rest;
  };
  return (
    <ActionForm action={act} schema={schema} label="Take back">
      <input type="hidden" name="dispenseId" value={dispenseId} />
      <input type="hidden" name="requestKey" value={requestKey} />
      <input type="hidden" name="lines" value={JSON.stringify(posted)} />
      <Section title="What comes back" flush>
        <ul className="divide-y divide-border">
          {lots.map((lot) => (
            <ReturnRow
              key={lot.movementId}
              lot={lot}
              isOpenedTaken={isOpenedTaken}
              row={rows[lot.movementId] ?? NOTHING}
              onChange={(row) => setRows((all) => ({ ...all, [lot.movementId]: row }))}
            />
          ))}
        </ul>
        <ListNotes />
      </Section>
      <div className="grid gap-5 sm:grid-cols-2">
        <FormSelect
          name="reason"
          label="Why it comes back"
          options={[{ value: '', label: 'Choose' }, ...optionsOf(RETURN_REASONS)]}
          required
        />
        <FormField name="note" label="Note" autoComplete="off" maxLength={200} />
      </div>
      <FormActions>
        <SubmitButton
          disabled={posted.every(({ quantity }) => !isPiecesSaid(quantity))}
          pendingLabel="Taking back"
        >
          Take back
        </SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** What is wrong with all of it, and with no row alone. */
function ListNotes() {
  const { id, error } = useField('lines', 'What comes back');
  return error ? (
    <div id={id} tabIndex={-1} className="border-border border-t px-4 py-3 sm:px-5">
      <FieldNotes id={id} error={error} />
    </div>
  ) : null;
}

function ReturnRow({
  lot,
  isOpenedTaken,
  row,
  onChange,
}: {
  lot: Lot;
  isOpenedTaken: boolean;
  row: RowState;
  onChange: (row: RowState) => void;
}) {
  const title = `${lot.name}, lot ${lot.lotNumber}`;
  const canReturn = lot.left > 0 && !lot.isExpired;
  return (
    <li aria-label={title} className="grid gap-3 px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2 font-semibold text-sm text-text">
            {title}
            {lot.isExpired ? <Badge tone="danger">Expired, not taken back</Badge> : null}
            {lot.left === 0 ? <Badge>All came back</Badge> : null}
          </p>
          <p className="text-[0.8125rem] text-text-muted">
            {countOf(lot.given, lot.unit)} given, expires {formatDay(lot.expiresOn)}
          </p>
        </div>
        {canReturn ? (
          <PiecesField
            of={`lines.${lot.movementId}`}
            label={`Comes back of ${title}`}
            caption="Comes back"
            help={`At most ${countOf(lot.left, lot.unit)}`}
            value={row.quantity}
            after={lot.unit}
            all={{ label: `All of ${title}`, pieces: lot.left }}
            limit={{
              most: lot.left,
              sentence: onlyText(lot.left, lot.unit, {
                of: 'of this lot',
                where: 'still with the patient',
              }),
            }}
            onChange={(quantity) => onChange({ ...row, quantity })}
          />
        ) : null}
      </div>
      {isPiecesSaid(row.quantity) ? (
        <div className="flex flex-wrap items-end gap-4">
          <Field label="Where it goes" className="w-48">
            {(control) => (
              <Select
                {...control}
                aria-label={`Where ${title} goes`}
                options={optionsOf(RETURN_PLACES)}
                value={row.place}
                disabled={row.isOpened}
                onChange={({ target }) => onChange({ ...row, place: target.value as ReturnPlace })}
              />
            )}
          </Field>
          {isOpenedTaken ? (
            <Checkbox
              label={`${title} was opened`}
              checked={row.isOpened}
              onChange={({ target }) =>
                onChange({
                  ...row,
                  isOpened: target.checked,
                  place: target.checked ? 'quarantine' : row.place,
                })
              }
            />
          ) : (
            <p className="pb-2 text-[0.8125rem] text-text-muted">Opened packs are not taken back here.</p>
          )}
        </div>
      ) : null}
    </li>
  );
}
