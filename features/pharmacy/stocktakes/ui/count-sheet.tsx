'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { useField } from '@/components/forms/form-field';
import { Section } from '@/components/ui/card';
import { Field, FieldNotes } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { keptPieces, typedPieces } from '@/features/pharmacy/transfers/ui/kept-pieces';
import type { FormAction } from '@/lib/action-result';
import { formatDay } from '@/lib/time';
import { saveCountsAction } from '../actions';
import type { Stocktake } from '../dto';
import type { CountLine } from '../queries';

const schema = async () => (await import('../schema')).saveCountsInput;
type Typed = { batchId: string; counted: number; version: number; typedAt: number };

/** How long ago something was counted is said by the clock that saw it typed. */
const save: FormAction<Stocktake> = (previous, form) => {
  form.set('sentAt', String(Date.now()));
  return saveCountsAction(previous, form);
};

/** What is on the shelf, to be counted: without what should be there. */
export function CountSheet({ stocktake, lines }: { stocktake: Stocktake; lines: readonly CountLine[] }) {
  return (
    <ActionForm action={save} schema={schema} label="Counts" draft={{ form: 'stocktake', of: stocktake.id }}>
      <input type="hidden" name="stocktakeId" value={stocktake.id} />
      <input type="hidden" name="sentAt" value="0" />
      <Lines lines={lines} />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save counts</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function Lines({ lines }: { lines: readonly CountLine[] }) {
  const { id, error, kept } = useField('lines', 'Counts');
  const [typed, setTyped] = useState(() => keptPieces<Typed>(kept));
  const [words, setWords] = useState('');
  const asked = words.trim().toLowerCase();
  const shown = lines.filter((line) => `${line.name} ${line.lotNumber}`.toLowerCase().includes(asked));
  const isNew = ({ batchId, version }: CountLine): boolean => typed[batchId]?.version === version;
  const open = lines.filter((line) => isNew(line));
  const left = lines.filter((line) => line.counted === null && !isNew(line)).length;
  return (
    <Section
      title="Count"
      description={
        left === 0 ? 'Everything is counted.' : `${left} of ${lines.length} lots are to be counted.`
      }
      flush
    >
      <input
        type="hidden"
        name="lines"
        data-shown={open.map((line) => `${line.name}: ${typed[line.batchId]?.counted}`).join(', ')}
        value={JSON.stringify(open.map(({ batchId }) => typed[batchId]))}
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
                if (event.key === 'Enter') event.preventDefault();
              }}
            />
          )}
        </Field>
        <FieldNotes id={id} help={null} error={error} />
      </div>
      <ul id={id} className="divide-y divide-border border-border border-t">
        {shown.map((line) => {
          const title = `${line.name}, lot ${line.lotNumber}`;
          const value = isNew(line) ? typed[line.batchId]?.counted : line.counted;
          return (
            <li
              key={line.batchId}
              aria-label={title}
              className="flex flex-wrap items-center justify-between gap-3 px-4 py-2.5 sm:px-5"
            >
              <div className="min-w-48 flex-1">
                <p className="font-medium text-sm text-text">{title}</p>
                <p className="text-[0.8125rem] text-text-muted">
                  Expires {formatDay(line.expiresOn)}
                  {line.countedByName ? `, counted by ${line.countedByName}` : ''}
                </p>
              </div>
              <Input
                aria-label={`Counted of ${title}`}
                inputMode="numeric"
                autoComplete="off"
                className="w-24 text-right tabular-nums"
                placeholder={line.unit}
                value={value ?? ''}
                onChange={({ target }) =>
                  setTyped((all) => {
                    const { [line.batchId]: _, ...others } = all;
                    if (target.value.trim() === '') return others;
                    const counted = typedPieces(target.value, 1_000_000);
                    const { batchId, version } = line;
                    return { ...others, [batchId]: { batchId, counted, version, typedAt: Date.now() } };
                  })
                }
                onKeyDown={(event) => {
                  // Enter goes to the next lot, as down a list on paper.
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  const next = event.currentTarget.closest('li')?.nextElementSibling?.querySelector('input');
                  next?.focus();
                }}
              />
            </li>
          );
        })}
      </ul>
      {shown.length === 0 ? (
        <p role="status" className="px-5 py-4 text-sm text-text-muted">
          {lines.length === 0 ? 'The list has nothing in this store.' : 'Nothing is called so.'} What stands
          on the shelf all the same is added as a found lot.
        </p>
      ) : null}
    </Section>
  );
}
