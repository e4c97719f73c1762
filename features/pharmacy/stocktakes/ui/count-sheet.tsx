'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { useField } from '@/components/forms/form-field';
import { PiecesField } from '@/components/forms/pieces-field';
import { refreshSafely } from '@/components/forms/refresh-safely';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Field, FieldNotes } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { keptPieces } from '@/features/pharmacy/transfers/ui/kept-pieces';
import type { FormAction } from '@/lib/action-result';
import { readPieces } from '@/lib/pieces';
import { formatDay } from '@/lib/time';
import { saveCountsAction } from '../actions';
import type { Stocktake } from '../dto';
import type { CountLine } from '../queries';

const MOST = { most: 1_000_000, sentence: 'Write at most 1,000,000.' };
const schema = async () => (await import('../schema')).saveCountsInput;
/** As typed; empty takes a count back. */
type Typed = { batchId: string; counted: string; version: number; typedAt: number };

const isCount = (typed: string, counted: number | null): boolean =>
  typed === '' ? counted === null : readPieces(typed) === counted;

/** What is on the shelf, to be counted: without what should be there. */
export function CountSheet({ stocktake, lines }: { stocktake: Stocktake; lines: readonly CountLine[] }) {
  const router = useRouter();
  /** How long ago something was counted is said by the clock that saw it typed. */
  const save: FormAction<Stocktake> = async (previous, form) => {
    form.set('sentAt', String(Date.now()));
    const answer = await saveCountsAction(previous, form);
    // What a colleague has counted meanwhile is shown beside what was typed here.
    if (answer.status === 'invalid') void refreshSafely(router);
    return answer;
  };
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
  // Saved by now, or counted alike by a colleague: not typed any more, whatever becomes of the count.
  const settled = lines.filter(({ batchId, version, counted }) => {
    const one = typed[batchId];
    return one && one.version !== version && isCount(String(one.counted ?? ''), counted);
  });
  if (settled.length > 0) {
    const ids = new Set(settled.map(({ batchId }) => batchId));
    setTyped((all) => Object.fromEntries(Object.entries(all).filter(([batchId]) => !ids.has(batchId))));
  }
  /** What is typed and not saved. */
  const newOf = (line: CountLine): Typed | null => {
    const one = typed[line.batchId];
    return one ? { ...one, counted: String(one.counted ?? '') } : null;
  };
  const isAsked = (line: CountLine): boolean => {
    const one = newOf(line);
    return one !== null && one.version !== line.version && line.counted !== null && !line.isMine;
  };
  const open = lines.flatMap((line) => {
    const one = newOf(line);
    if (!one) return [];
    const { batchId, counted, typedAt } = one;
    const said = { batchId, counted, typedAt };
    const isOpen = isAsked(line);
    const { version } = isOpen ? one : line;
    return [{ ...line, new: { ...said, version, ...(isOpen ? { isOpen } : {}) } }];
  });
  const left = lines.filter((line) => (newOf(line)?.counted ?? line.counted ?? '') === '').length;
  const put = (line: CountLine, one: Pick<Typed, 'counted'> | null) =>
    setTyped((all) => {
      const { [line.batchId]: before, ...others } = all;
      if (!one) return others;
      const { batchId, version } = line;
      const typedAt = one === before ? before.typedAt : Date.now();
      return { ...others, [batchId]: { batchId, counted: one.counted, version, typedAt } };
    });
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
        data-shown={open
          .map(({ name, new: { counted } }) => `${name}: ${counted || 'not counted'}`)
          .join(', ')}
        value={JSON.stringify(open.map((line) => line.new))}
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
          const one = newOf(line);
          const value = one?.counted ?? String(line.counted ?? '');
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
              <PiecesField
                of={`lines.${line.batchId}`}
                label={`Counted of ${title}`}
                placeholder={line.unit}
                value={value}
                limit={MOST}
                onChange={(counted) => {
                  // Emptied where nothing was saved: as if nothing had been typed.
                  const isNothing = counted.trim() === '' && line.counted === null;
                  put(line, isNothing ? null : { counted: counted.trim() === '' ? '' : counted });
                }}
                onKeyDown={(event) => {
                  // Enter goes to the next lot, as down a list on paper.
                  if (event.key !== 'Enter') return;
                  event.preventDefault();
                  const next = event.currentTarget.closest('li')?.nextElementSibling?.querySelector('input');
                  next?.focus();
                }}
              />
              {one && isAsked(line) ? (
                <div role="status" className="flex w-full flex-wrap items-center gap-2 text-sm">
                  <p className="text-warning">
                    {line.countedByName} has counted {line.counted} meanwhile, and you{' '}
                    {one.counted === '' ? 'none' : one.counted}.
                  </p>
                  <Button size="sm" aria-label={`Keep my count of ${title}`} onClick={() => put(line, one)}>
                    Keep mine
                  </Button>
                  <Button
                    size="sm"
                    aria-label={`Take the count of ${line.countedByName} of ${title}`}
                    onClick={() => put(line, null)}
                  >
                    Take {line.counted}
                  </Button>
                </div>
              ) : null}
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
