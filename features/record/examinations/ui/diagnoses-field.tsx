'use client';

import { ArrowUp, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { FieldGroup } from '@/components/ui/field';
import { optionsOf, Select } from '@/components/ui/select';
import { diagnosisName, findDiagnoses } from '../diagnoses';
import { type Diagnosis, SIDE_LABEL, SIDES } from '../policy';

type Chosen = { code: string; side: Diagnosis['side'] | '' };

const MOST_SHOWN = 20;

/** As it is posted: `code:side`. */
function chosenOf(posted: string): Chosen {
  const [code = '', given = ''] = posted.split(':');
  return { code, side: SIDES.find((side) => side === given) ?? '' };
}

/** Diagnoses in order, the first the main one; each says which eye it is in. */
export function DiagnosesField({ diagnoses }: { diagnoses: readonly Diagnosis[] }) {
  const { id, error, keptList } = useField('diagnoses', 'Diagnoses');
  const [chosen, setChosen] = useState<readonly Chosen[]>(keptList ? keptList.map(chosenOf) : diagnoses);
  const list = useRef<HTMLOListElement>(null);
  const change = (next: readonly Chosen[]) => {
    setChosen(next);
    // The form around watches for what people type; a click on a button fires no input event.
    list.current?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const set = (code: string, side: Chosen['side']) =>
    change(chosen.map((one) => (one.code === code ? { code, side } : one)));
  const sides = optionsOf(SIDE_LABEL);
  return (
    <FieldGroup id={id} legend="Diagnoses" error={error}>
      <ol ref={list} className="grid gap-2">
        {chosen.map(({ code, side }, index) => (
          <li
            key={code}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2 rounded-md border border-border p-2 sm:grid-cols-[minmax(0,1fr)_11rem_auto]"
          >
            <span className="min-w-0 text-sm text-text max-sm:col-span-2">
              {diagnosisName(code)} <span className="text-text-subtle tabular-nums">{code}</span>
              {index === 0 && chosen.length > 1 ? (
                <Badge tone="accent" className="ml-2">
                  Main
                </Badge>
              ) : null}
            </span>
            <input
              type="hidden"
              name="diagnoses[]"
              value={`${code}:${side}`}
              data-shown={[diagnosisName(code), side && SIDE_LABEL[side].toLowerCase()]
                .filter(Boolean)
                .join(', ')}
              readOnly
            />
            <Select
              aria-label={`Eye of ${diagnosisName(code)}`}
              placeholder="Which eye"
              options={sides}
              value={side}
              onChange={(event) => set(code, event.target.value as Chosen['side'])}
            />
            <span className="flex">
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Make ${diagnosisName(code)} the main diagnosis`}
                disabled={index === 0}
                onClick={() => change([{ code, side }, ...chosen.filter((one) => one.code !== code)])}
              >
                <ArrowUp aria-hidden="true" />
              </Button>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Remove ${diagnosisName(code)}`}
                onClick={() => change(chosen.filter((one) => one.code !== code))}
              >
                <X aria-hidden="true" />
              </Button>
            </span>
          </li>
        ))}
      </ol>
      <Combobox
        // Empty again after each choice.
        key={chosen.map(({ code }) => code).join()}
        name="add-diagnosis"
        aria-label="Add a diagnosis"
        placeholder="Add a diagnosis by name or code"
        emptyText="No diagnosis has these words"
        loadOptions={async (words) =>
          findDiagnoses(words)
            .filter(({ code }) => chosen.every((one) => one.code !== code))
            .slice(0, MOST_SHOWN)
            .map(({ code, name }) => ({ value: code, label: name, description: code }))
        }
        onSelect={(option) => {
          if (option) change([...chosen, { code: option.value, side: '' }]);
        }}
      />
    </FieldGroup>
  );
}
