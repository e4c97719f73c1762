'use client';
import { clsx } from 'clsx';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { countOf } from '@/features/pharmacy/medicines/policy';
import type { FoundMedicine } from '@/features/pharmacy/medicines/ui/find-medicine';
import type { Day } from '@/lib/time';
import { dosageText } from '../dosage';
import { readLine, type Understood } from '../shorthand';
import { findMeant, hasStrength, lineFrom, meantOf, type SheetLine } from './sheet-line';

const DELAY_MS = 150;
const MOST_OFFERED = 6;

type Offer = { key: string; medicine: FoundMedicine | null };
/** Enter takes the first one: what is meant, or the typed words where the formulary has only others. */
function offersOf(line: Understood, medicines: readonly FoundMedicine[]): Offer[] {
  const meant = meantOf(line, medicines);
  const outside: Offer = { key: 'outside', medicine: null };
  const others = medicines.flatMap((medicine) => (medicine === meant ? [] : { key: medicine.id, medicine }));
  return meant ? [{ key: meant.id, medicine: meant }, ...others, outside] : [outside, ...others];
}
const keyOf = ({ medicine, strength, form }: Understood): string => `${medicine}|${strength}|${form}`;

/** One line of shorthand: understood as it is typed, shown in words, taken with Enter. */
export function QuickEntry({ today, onAdd }: { today: Day; onAdd: (line: SheetLine) => void }) {
  const { kept, error } = useField('entry', 'Add a medicine');
  const [typed, setTyped] = useState(kept ?? '');
  const [active, setActive] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const { found, look } = useFound();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const { line, problems } = readLine(typed, today);
  const offers = line.medicine && found?.key === keyOf(line) ? offersOf(line, found.medicines) : [];
  const at = Math.min(active, Math.max(offers.length - 1, 0));

  const change = (value: string) => {
    setTyped(value);
    setActive(0);
    setProblem(null);
    look(readLine(value, today).line);
  };
  const add = async (chosen?: Offer) => {
    const [first] = problems;
    if (first) {
      setProblem(first);
      return;
    }
    try {
      const offer = chosen ?? offers[at];
      const taken = lineFrom(line, offer ? offer.medicine : meantOf(line, await findMeant(line)));
      if (!taken.site) {
        setProblem('Write which eye: re, le or be.');
        return;
      }
      onAdd(taken);
      setTyped('');
      setProblem(null);
      input.current?.focus();
    } catch {
      setProblem('The formulary did not answer. Press Enter to try again.');
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (typed.trim()) void add();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && offers.length > 0) {
      event.preventDefault();
      setActive((at + (event.key === 'ArrowDown' ? 1 : -1) + offers.length) % offers.length);
    } else if (event.key === 'Escape' && typed) {
      event.stopPropagation();
      change('');
    }
  };

  return (
    <div className="grid gap-2">
      <Field
        label="Add a medicine"
        help="For example: moxi 0.5 re 1 drop qid 1w, or pred 1 be 6x 1w > qid 1w > bd 1w; shake"
        error={problem ?? error}
      >
        {(control) => (
          <Input
            {...control}
            ref={input}
            name="entry"
            value={typed}
            role="combobox"
            aria-expanded={offers.length > 0}
            aria-controls={listId}
            {...(offers[at] ? { 'aria-activedescendant': `${listId}-${offers[at].key}` } : {})}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            onChange={(event) => change(event.target.value)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      {typed.trim() ? (
        <div className="grid gap-2 rounded-md border border-border bg-surface-sunken p-3">
          <p
            aria-live="polite"
            className={clsx('text-sm', problems.length > 0 ? 'text-text-muted' : 'text-text')}
          >
            <Words line={line} medicine={offers[at]?.medicine ?? null} problem={problems[0]} />
          </p>
          <div id={listId} role="listbox" aria-label="Medicines" className="grid gap-0.5">
            {offers.map((offer, index) => (
              // The focus stays in the text box; keys are handled there.
              // biome-ignore lint/a11y/useKeyWithClickEvents: see above
              <div
                key={offer.key}
                id={`${listId}-${offer.key}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                className={clsx(
                  'flex min-h-9 cursor-default flex-wrap items-center justify-between gap-x-3 gap-y-1 rounded-md px-2.5 py-1 text-sm max-sm:min-h-11',
                  index === at && 'bg-surface-hover',
                )}
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={() => setActive(index)}
                onClick={() => void add(offer)}
              >
                <OfferText offer={offer} typed={line} />
              </div>
            ))}
          </div>
          <Button size="sm" className="justify-self-start" onClick={() => void add()}>
            <Icon of="corner-down-left" /> Add this line
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Words({
  line,
  medicine,
  problem,
}: {
  line: Understood;
  medicine: FoundMedicine | null;
  problem: string | undefined;
}) {
  if (problem) return problem;
  const shown = lineFrom(line, medicine);
  const { name, strength, site, steps, form, meals, quantity, unit, note } = shown;
  const words = site ? dosageText({ form, site, steps, meals }) : 'which eye?';
  return (
    <>
      <strong className="font-semibold">{[name, strength].filter(Boolean).join(' ')}</strong>: {words}.{' '}
      {countOf(quantity, unit)}.{note ? ` ${note}.` : ''}
    </>
  );
}

function OfferText({ offer: { medicine }, typed }: { offer: Offer; typed: Understood }) {
  if (!medicine) {
    const written = [typed.medicine, typed.strength].filter(Boolean).join(' ');
    return <span className="text-text-muted">Outside the formulary: “{written}”</span>;
  }
  const { name, strength, ingredient, form, onHand, unit } = medicine;
  return (
    <>
      <span className="min-w-0 truncate text-text">
        {[name, strength].filter(Boolean).join(' ')}
        <span className="text-text-subtle"> {[form, ingredient].filter(Boolean).join(', ')}</span>
      </span>
      <span className="flex flex-wrap gap-1">
        {hasStrength(typed, medicine) ? null : <Badge tone="warning">Another strength</Badge>}
        <Badge tone={onHand > 0 ? 'neutral' : 'warning'}>
          {onHand > 0 ? countOf(onHand, unit) : 'Out of stock'}
        </Badge>
      </span>
    </>
  );
}

/** What the formulary has of the medicine that is typed; an older question never answers a newer one. */
function useFound() {
  const [found, setFound] = useState<{ key: string; medicines: FoundMedicine[] } | null>(null);
  const stop = useRef<() => void>(() => undefined);
  useEffect(() => () => stop.current(), []);
  const look = (line: Understood) => {
    const key = keyOf(line);
    if (found?.key === key) return;
    stop.current();
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const medicines = await findMeant(line, controller.signal);
        if (!controller.signal.aborted) setFound({ key, medicines: medicines.slice(0, MOST_OFFERED) });
      } catch {
        // Nothing is offered; Enter asks again and says what is wrong.
      }
    }, DELAY_MS);
    stop.current = () => {
      clearTimeout(timer);
      controller.abort();
    };
  };
  return { found, look };
}
