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
  type DoseStep,
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
import { neededOf, type SheetLine, withSteps } from './sheet-line';

const frequencies = Object.entries(FREQUENCIES).map(([value, { label }]) => ({ value, label }));
const amounts = [1, 2, 3, 4, 6, 8, 12, 16].map((quarters) => ({
  value: String(quarters),
  label: amountText(quarters),
}));
const DEFAULT_DAYS = 7;

/** All that a line says, field by field; nothing of it is posted by itself. */
export function LineEditor({ line, onChange }: { line: SheetLine; onChange: (line: SheetLine) => void }) {
  const setStep = (index: number, step: Partial<DoseStep>) =>
    onChange(
      withSteps(
        line,
        line.steps.map((one, at) => (at === index ? { ...one, ...step } : one)),
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
        <Field
          label="Quantity"
          help={quantityHelp(line.form, line.unit)}
          error={line.quantity === 0 ? 'Write how many.' : problemOf(line.quantity, QUANTITY)}
        >
          {(control) => (
            <NumberInput
              {...control}
              value={line.quantity || null}
              after={line.unit}
              onChange={(quantity) => onChange({ ...line, quantity: quantity ?? 0 })}
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
          <li key={index} className="flex flex-wrap items-end gap-2">
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
                  onChange={(event) => setStep(index, { quarters: Number(event.target.value) })}
                />
              )}
            </StepField>
            <StepField label={index === 0 ? 'How often' : `How often, step ${index + 1}`}>
              {(control) => (
                <Select
                  {...control}
                  options={frequencies}
                  value={step.frequency}
                  onChange={(event) => setStep(index, { frequency: event.target.value as FrequencyCode })}
                />
              )}
            </StepField>
            <StepField
              label={index === 0 ? 'Days' : `Days, step ${index + 1}`}
              error={problemOf(step.days, DAYS)}
            >
              {(control) => (
                <NumberInput
                  {...control}
                  placeholder="Ongoing"
                  value={step.days}
                  after="days"
                  onChange={(days) => setStep(index, { days })}
                />
              )}
            </StepField>
            {line.steps.length > 1 ? (
              <Button
                variant="ghost"
                size="icon-sm"
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
          disabled={!last || last.days === null}
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
const problemOf = (value: number | null, limit: PiecesLimit) =>
  piecesProblem(String(value ?? ''), limit) ?? undefined;

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

/** Whole numbers; empty is null. */
function NumberInput({
  value,
  onChange,
  ...props
}: Omit<Parameters<typeof Input>[0], 'value' | 'onChange'> & {
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  return (
    <Input
      {...props}
      inputMode="numeric"
      autoComplete="off"
      value={value ?? ''}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, '');
        onChange(digits ? Number(digits) : null);
      }}
    />
  );
}
