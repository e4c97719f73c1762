'use client';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import { type PiecesLimit, piecesProblem } from '@/lib/pieces';
import {
  amountText,
  doseText,
  FREQUENCIES,
  type FrequencyCode,
  MEALS,
  type Meals,
  quantityHelp,
  SITES,
  type Site,
} from '../dosage';
import { MOST_DAYS, MOST_PRESCRIBED } from '../policy';
import { neededOf, type SheetLine, type SheetStep, withDays, withQuantity, withSteps } from './sheet-line';

const frequencies = Object.entries(FREQUENCIES).map(([value, { label }]) => ({ value, label }));
const amounts = [1, 2, 3, 4, 6, 8, 12, 16].map((quarters) => ({
  value: String(quarters),
  label: amountText(quarters),
}));
const DEFAULT_DAYS = 7;

/** All that a line says, field by field; nothing of it is posted by itself. */
export function LineEditor({ line, onChange }: { line: SheetLine; onChange: (line: SheetLine) => void }) {
  const setStep = (index: number, change: (step: SheetStep) => SheetStep) =>
    onChange(
      withSteps(
        line,
        line.steps.map((one, at) => (at === index ? change(one) : one)),
      ),
    );
  const last = line.steps.at(-1);
  return (
    <div className="grid gap-4 rounded-md border border-border bg-surface-sunken p-3">
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Eye or way">
          {(control) => (
            <Select
              {...control}
              placeholder="Choose"
              options={optionsOf(SITES)}
              value={line.site ?? ''}
              onChange={(event) => {
                const site = (event.target.value || undefined) as Site | undefined;
                onChange({ ...line, site, quantity: neededOf({ ...line, site }) });
              }}
            />
          )}
        </Field>
        <Field label="With meals">
          {(control) => (
            <Select
              {...control}
              placeholder="Does not matter"
              options={optionsOf(MEALS)}
              value={line.meals ?? ''}
              onChange={(event) =>
                onChange({ ...line, meals: (event.target.value || undefined) as Meals | undefined })
              }
            />
          )}
        </Field>
        <Field label="Quantity" help={quantityHelp(line.form, line.unit)} error={quantityProblem(line)}>
          {(control) => (
            <Input
              {...control}
              {...numeric}
              value={line.unread ?? (line.quantity || '')}
              after={line.unit}
              onChange={({ target }) => onChange(withQuantity(line, target.value))}
            />
          )}
        </Field>
        <Field label="Note to the patient">
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={line.note ?? ''}
              onChange={(event) => onChange({ ...line, note: event.target.value || undefined })}
            />
          )}
        </Field>
      </div>
      <ol className="grid gap-2">
        {line.steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
          <li key={index} className="flex flex-wrap items-start gap-2">
            <StepField label={index === 0 ? 'Dose' : `Dose, step ${index + 1}`}>
              {(control) => (
                <Select
                  {...control}
                  options={
                    amounts.some(({ value }) => value === String(step.quarters))
                      ? amounts
                      : [...amounts, { value: String(step.quarters), label: amountText(step.quarters) }]
                  }
                  value={String(step.quarters)}
                  title={doseText(line.form, step.quarters)}
                  onChange={(event) =>
                    setStep(index, (one) => ({ ...one, quarters: Number(event.target.value) }))
                  }
                />
              )}
            </StepField>
            <StepField label={index === 0 ? 'How often' : `How often, step ${index + 1}`}>
              {(control) => (
                <Select
                  {...control}
                  options={frequencies}
                  value={step.frequency}
                  onChange={(event) =>
                    setStep(index, (one) => ({ ...one, frequency: event.target.value as FrequencyCode }))
                  }
                />
              )}
            </StepField>
            <StepField label={index === 0 ? 'Days' : `Days, step ${index + 1}`} error={daysProblem(step)}>
              {(control) => (
                <Input
                  {...control}
                  {...numeric}
                  placeholder="Ongoing"
                  value={step.unread ?? step.days ?? ''}
                  after="days"
                  onChange={({ target }) => setStep(index, (one) => withDays(one, target.value))}
                />
              )}
            </StepField>
            {line.steps.length > 1 ? (
              <Button
                variant="ghost"
                size="icon-sm"
                className="mt-7"
                aria-label={`Remove step ${index + 1}`}
                onClick={() =>
                  onChange(
                    withSteps(
                      line,
                      line.steps.filter((_, at) => at !== index),
                    ),
                  )
                }
              >
                <Icon of="x" />
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Button
          size="sm"
          disabled={!last || last.days === null || last.unread !== undefined}
          onClick={() =>
            last && onChange(withSteps(line, [...line.steps, { ...last, days: last.days ?? DEFAULT_DAYS }]))
          }
        >
          <Icon of="plus" /> Then another step
        </Button>
        <label className="flex items-center gap-2 text-sm text-text">
          <input
            type="checkbox"
            checked={line.isSubstitutionAllowed}
            onChange={(event) => onChange({ ...line, isSubstitutionAllowed: event.target.checked })}
          />
          The same ingredient of another maker may be given
        </label>
      </div>
    </div>
  );
}

const QUANTITY = { most: MOST_PRESCRIBED, sentence: `Write at most ${MOST_PRESCRIBED}.` };
const DAYS = { most: MOST_DAYS, sentence: `Write at most ${MOST_DAYS} days.` };
const problemOf = (typed: string | number | null, limit: PiecesLimit) =>
  piecesProblem(String(typed ?? ''), limit) ?? undefined;
const quantityProblem = ({ unread, quantity }: SheetLine) =>
  unread === undefined && quantity === 0 ? 'Write how many.' : problemOf(unread ?? quantity, QUANTITY);
const daysProblem = ({ unread, days }: SheetStep) =>
  unread === undefined && days === 0 ? 'Write at least 1 day.' : problemOf(unread ?? days, DAYS);
const numeric = { inputMode: 'numeric', autoComplete: 'off' } as const;

type ControlOf = Parameters<Parameters<typeof Field>[0]['children']>[0];
const StepField = ({
  label,
  error,
  children,
}: {
  label: string;
  error?: string | undefined;
  children: (control: ControlOf) => ReactNode;
}) => (
  <Field label={label} error={error} className="w-36 flex-1 max-sm:min-w-32">
    {children}
  </Field>
);
