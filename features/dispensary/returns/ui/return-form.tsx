'use client';
import { useEffect, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { countOf } from '@/features/pharmacy/medicines/policy';
import type { FormAction } from '@/lib/action-result';
import { newRequestKey } from '@/lib/request-key';
import { formatDay } from '@/lib/time';
import { takeBackAction } from '../actions';
import type { MedicineReturn } from '../dto';
import { RETURN_PLACES, RETURN_REASONS, type ReturnPlace } from '../policy';
import type { Returnable } from '../queries';

type Lot = Returnable['lots'][number];
type RowState = { quantity: number; place: ReturnPlace; isOpened: boolean };
const NOTHING: RowState = { quantity: 0, place: 'shelf', isOpened: false };
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
        <SubmitButton disabled={posted.every(({ quantity }) => quantity === 0)} pendingLabel="Taking back">
          Take back
        </SubmitButton>
      </FormActions>
    </ActionForm>
  );
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
          <div className="flex items-end gap-2">
            <Button
              size="sm"
              aria-label={`All of ${title}`}
              onClick={() => onChange({ ...row, quantity: lot.left })}
            >
              All
            </Button>
            <Field label="Comes back" help={`At most ${countOf(lot.left, lot.unit)}`} className="w-36">
              {(control) => (
                <Input
                  {...control}
                  aria-label={`Comes back of ${title}`}
                  inputMode="numeric"
                  autoComplete="off"
                  value={row.quantity}
                  after={lot.unit}
                  onChange={({ target }) => {
                    const typed = Number(target.value.replace(/\D/g, '').slice(0, 3) || 0);
                    onChange({ ...row, quantity: Math.min(typed, lot.left) });
                  }}
                />
              )}
            </Field>
          </div>
        ) : null}
      </div>
      {row.quantity > 0 ? (
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
