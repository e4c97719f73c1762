'use client';

import { useRef, useState } from 'react';
import { useField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { FieldGroup } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { optionsOf, Select } from '@/components/ui/select';
import { type Diagnosis, SIDE_LABEL, SIDES } from '../policy';

/** `what` is a code, or words after IN_WORDS. */
type Chosen = { what: string; name: string; side: Diagnosis['side'] | '' };
/** As the schema reads it: before a diagnosis that no list has. */
const IN_WORDS = '~';
// The list is fetched when somebody looks for a diagnosis, not with the page.
const search = async (words: string) => (await import('../diagnoses')).findDiagnoses(words);

const MOST_SHOWN = 20;

/** As it is posted: `code:side`, or `~words:side`. */
function chosenOf(posted: string, known: readonly NamedDiagnosis[]): Chosen {
  const end = posted.lastIndexOf(':');
  const what = posted.slice(0, end);
  const side = SIDES.find((one) => one === posted.slice(end + 1)) ?? '';
  const name = what.startsWith(IN_WORDS)
    ? what.slice(IN_WORDS.length)
    : (known.find(({ code }) => code === what)?.name ?? what);
  return { what, name, side };
}

/** Diagnoses in order, the first the main one; each says which eye it is in. */
export type NamedDiagnosis = Diagnosis & { name: string };

export function DiagnosesField({ diagnoses }: { diagnoses: readonly NamedDiagnosis[] }) {
  const { id, error, keptList } = useField('diagnoses', 'Diagnoses');
  const [chosen, setChosen] = useState<readonly Chosen[]>(() =>
    keptList
      ? keptList.map((posted) => chosenOf(posted, diagnoses))
      : diagnoses.map(({ code, side, text, name }) => ({
          what: text ? `${IN_WORDS}${text}` : code,
          name,
          side,
        })),
  );
  const list = useRef<HTMLOListElement>(null);
  const change = (next: readonly Chosen[]) => {
    setChosen(next);
    // The form around watches for what people type; a click on a button fires no input event.
    list.current?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const set = (what: string, side: Chosen['side']) =>
    change(chosen.map((one) => (one.what === what ? { ...one, side } : one)));
  const sides = optionsOf(SIDE_LABEL);
  return (
    <FieldGroup id={id} legend="Diagnoses" error={error}>
      <ol ref={list} className="grid gap-2">
        {chosen.map(({ what, name, side }, index) => (
          <li
            key={what}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 rounded-md border border-border p-2 sm:grid-cols-[minmax(0,1fr)_11rem_auto]"
          >
            <span className="min-w-0 break-words text-sm text-text max-sm:col-span-2">
              {name}{' '}
              <span className="text-text-subtle tabular-nums">
                {what.startsWith(IN_WORDS) ? 'in words' : what}
              </span>
              {index === 0 && chosen.length > 1 ? (
                <Badge tone="accent" className="ml-2">
                  Main
                </Badge>
              ) : null}
            </span>
            <input
              type="hidden"
              name="diagnoses[]"
              value={`${what}:${side}`}
              data-shown={[name, side && SIDE_LABEL[side].toLowerCase()].filter(Boolean).join(', ')}
              readOnly
            />
            <Select
              aria-label={`Eye of ${name}`}
              placeholder="Which eye"
              options={sides}
              value={side}
              onChange={(event) => set(what, event.target.value as Chosen['side'])}
            />
            <span className="flex">
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Make ${name} the main diagnosis`}
                disabled={index === 0}
                onClick={() => change([{ what, name, side }, ...chosen.filter((one) => one.what !== what)])}
              >
                <Icon of="arrow-up" />
              </Button>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Remove ${name}`}
                onClick={() => change(chosen.filter((one) => one.what !== what))}
              >
                <Icon of="x" />
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <Combobox
        // Empty again after each choice.
        key={chosen.map(({ what }) => what).join()}
        name="add-diagnosis"
        aria-label="Add a diagnosis"
        placeholder="Add a diagnosis by name, abbreviation or code"
        emptyText="No diagnosis has these words"
        loadOptions={async (words) => {
          const found = (await search(words))
            .filter(({ code }) => chosen.every((one) => one.what !== code))
            .slice(0, MOST_SHOWN)
            .map(({ code, name }) => ({ value: code, label: name, description: code }));
          const own = words.replace(/\s+/g, ' ').trim();
          if (own.length < 3 || own.length > 120) return found;
          // Last: what the list has goes before what it has not.
          return [
            ...found,
            { value: `${IN_WORDS}${own}`, label: own, description: 'As written, without a code' },
          ];
        }}
        onSelect={(option) => {
          if (option && chosen.every(({ what }) => what !== option.value))
            change([...chosen, { what: option.value, name: option.label, side: '' }]);
        }}
      />
    </FieldGroup>
  );
}
