'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { PiecesField } from '@/components/forms/pieces-field';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { Field, FieldNotes } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { countOf, expiryMark, onlyText } from '@/features/pharmacy/medicines/policy';
import type { NamedStore } from '@/features/pharmacy/stores/ui/store-field';
import { paths } from '@/lib/paths';
import { isPiecesSaid } from '@/lib/pieces';
import { type Day, formatDay } from '@/lib/time';
import { sendTransferAction } from '../actions';
import { MOST_LOTS } from '../policy';
import type { LotInStore } from '../queries';
import { keptPieces } from './kept-pieces';

const schema = async () => (await import('../schema')).sendTransferInput;
/** Shown of what is not chosen; what somebody looks for is found among all. */
const SHOWN = 40;

type Proposed = { batchId: string; quantity: number };
/** As typed. */
type Pieces = { batchId: string; quantity: string };
type Props = {
  from: NamedStore;
  others: readonly NamedStore[];
  lots: readonly LotInStore[];
  today: Day;
  /** What the page began with: to which store, and what that one needs. */
  toId: string;
  proposed: readonly Proposed[];
};

/** What goes from one store to another, lot by lot. */
export function SendForm(props: Props) {
  const router = useRouter();
  return (
    <ActionForm
      action={sendTransferAction}
      schema={schema}
      label="Transfer"
      draft={{ form: 'transfer', of: props.from.id }}
      onSuccess={({ id }) => router.push(paths.transfer(id))}
    >
      <input type="hidden" name="fromId" value={props.from.id} />
      <Section title="Where to">
        <div className="grid gap-5 sm:grid-cols-2">
          <FormSelect
            name="toId"
            label="To store"
            options={[
              { value: '', label: 'Choose' },
              ...props.others.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            defaultValue={props.toId}
            required
          />
          <FormField name="note" label="Note" autoComplete="off" maxLength={200} />
        </div>
      </Section>
      <Lots {...props} />
      <FormActions>
        <SubmitButton pendingLabel="Sending">Send</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function Lots({ from, lots, today, proposed }: Props) {
  const { id, error, kept } = useField('lines', 'What goes');
  const [pieces, setPieces] = useState<Record<string, Pieces>>(() =>
    kept
      ? keptPieces<Pieces>(kept)
      : Object.fromEntries(
          proposed.map(({ batchId, quantity }) => [batchId, { batchId, quantity: String(quantity) }]),
        ),
  );
  const [words, setWords] = useState('');
  const quantityOf = (batchId: string): string => String(pieces[batchId]?.quantity ?? '');
  const isSaid = (batchId: string): boolean => isPiecesSaid(quantityOf(batchId));
  const set = (batchId: string, quantity: string) =>
    setPieces((all) => ({ ...all, [batchId]: { batchId, quantity } }));
  const chosen = lots.filter(({ batchId }) => isSaid(batchId));
  const asked = words.trim().toLowerCase();
  const fits = (lot: LotInStore) => `${lot.name} ${lot.lotNumber}`.toLowerCase().includes(asked);
  // What the form began with stands above, and does not move while somebody types.
  const [begun] = useState(() => new Set(chosen.map(({ batchId }) => batchId)));
  const isAbove = (lot: LotInStore): boolean => (asked ? fits(lot) : begun.has(lot.batchId));
  const isChosen = ({ batchId }: LotInStore): boolean => begun.has(batchId) || isSaid(batchId);
  const found = lots.filter((lot) => fits(lot) || isChosen(lot));
  // All that is chosen is there to be seen: nothing goes unseen.
  const offered = new Set(found.filter((lot) => !isChosen(lot)).slice(0, SHOWN));
  const listed = found.filter((lot) => isChosen(lot) || offered.has(lot));
  const shown = [...listed.filter(isAbove), ...listed.filter((lot) => !isAbove(lot))];
  const more = found.length - shown.length;
  return (
    <Section
      title="What goes"
      description={
        chosen.length > 0
          ? `${chosen.length} of the lots in ${from.name}, at most ${MOST_LOTS} at once`
          : `Out of ${from.name}`
      }
      flush
    >
      <input
        type="hidden"
        name="lines"
        data-shown={chosen
          .map(({ name, lotNumber, batchId }) => `${quantityOf(batchId)} × ${name}, ${lotNumber}`)
          .join(', ')}
        value={JSON.stringify(chosen.map(({ batchId }) => ({ batchId, quantity: quantityOf(batchId) })))}
      />
      <div className="px-4 py-4 sm:px-5">
        <Field label="Find a medicine or a lot">
          {(control) => (
            <Input
              {...control}
              type="search"
              autoComplete="off"
              value={words}
              onChange={({ target }) => setWords(target.value)}
              onKeyDown={(event) => {
                // A scanner ends with Enter: the transfer is not finished by that.
                if (event.key === 'Enter') event.preventDefault();
              }}
            />
          )}
        </Field>
        <FieldNotes id={id} help={null} error={error} />
      </div>
      {lots.length === 0 ? (
        <p className="px-5 pb-4 text-sm text-text-muted">There is nothing in {from.name}.</p>
      ) : shown.length === 0 ? (
        <p role="status" className="px-5 pb-4 text-sm text-text-muted">
          Nothing in {from.name} is called so.
        </p>
      ) : (
        <ul id={id} className="divide-y divide-border border-border border-t">
          {shown.map((lot) => {
            const title = `${lot.name}, lot ${lot.lotNumber}`;
            const mark = expiryMark(lot.expiresOn, today);
            return (
              <li
                key={lot.batchId}
                aria-label={title}
                className="flex flex-wrap items-start justify-between gap-3 px-4 py-3 sm:px-5"
              >
                <div className="min-w-48 flex-1">
                  <p className="flex flex-wrap items-center gap-2 font-medium text-sm text-text">
                    {title}
                    {mark === 'expired' ? <Badge tone="danger">Expired</Badge> : null}
                    {mark === 'soon' ? <Badge tone="warning">Expires soon</Badge> : null}
                    {lot.isHeld ? <Badge tone="warning">Held</Badge> : null}
                  </p>
                  <p className="text-[0.8125rem] text-text-muted">
                    {countOf(lot.quantity, lot.unit)} there, expires {formatDay(lot.expiresOn)}
                  </p>
                </div>
                <PiecesField
                  of={`lines.${lot.batchId}`}
                  label={`Pieces of ${title}`}
                  value={quantityOf(lot.batchId)}
                  all={{ label: `All of ${title}`, pieces: lot.quantity }}
                  limit={{
                    most: lot.quantity,
                    sentence: onlyText(lot.quantity, lot.unit, {
                      of: 'of this lot',
                      where: `in ${from.name}`,
                    }),
                  }}
                  onChange={(quantity) => set(lot.batchId, quantity)}
                />
              </li>
            );
          })}
        </ul>
      )}
      {more > 0 ? (
        <p className="border-border border-t px-5 py-3 text-[0.8125rem] text-text-muted">
          {more} more. Type a part of the name to find them.
        </p>
      ) : null}
    </Section>
  );
}
