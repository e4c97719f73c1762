'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCombobox } from '@/components/forms/form-combobox';
import { FormField, FormSelect, FormTextarea, useField } from '@/components/forms/form-field';
import { PiecesField } from '@/components/forms/pieces-field';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import type { ComboboxOption } from '@/components/ui/combobox';
import { Icon } from '@/components/ui/icon';
import { type Currency, formatAmount, formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { billAmounts } from '../../bills/amounts';
import { LINE_LIMIT } from '../../bills/policy';
import { BillSums } from '../../bills/ui/bill-sums';
import { type Billable, factsOf, type Line, piecesOf, readKept } from '../../bills/ui/typed-lines';
import { issueEstimateAction } from '../actions';

const schema = async () => (await import('../schema')).issueEstimateInput;

type EstimateFormProps = {
  patientId: string;
  doctors: { id: string; name: string }[];
  services: Billable[];
  currency: Currency;
  /** What totals are rounded to. */
  step: number;
  today: string;
  validUntil: string;
  requestKey: string;
};

/** What something would cost: lines by typing three letters, and until when it holds. */
export function EstimateForm(props: EstimateFormProps) {
  const router = useRouter();
  return (
    <ActionForm
      action={issueEstimateAction}
      schema={schema}
      label="Estimate"
      draft={{ form: 'estimate', of: props.patientId }}
      onSuccess={({ id }) => router.push(paths.estimate(id))}
    >
      <input type="hidden" name="patientId" value={props.patientId} />
      <input type="hidden" name="requestKey" value={props.requestKey} />
      <EstimateFields {...props} />
    </ActionForm>
  );
}

function EstimateFields({ services, doctors, currency, step, today, validUntil }: EstimateFormProps) {
  const { kept } = useField('lines', 'Services');
  const offered = { services, charges: [] };
  const [lines, setLines] = useState<Line[]>(() => (kept === undefined ? [] : readKept(kept, offered)));
  const [added, setAdded] = useState(0);
  const facts = factsOf(lines, offered);
  const amounts = billAmounts(facts, null, step);
  const find = async (words: string): Promise<ComboboxOption[]> => {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    return services
      .filter(({ name, code }) => wanted.every((word) => `${name} ${code}`.toLowerCase().includes(word)))
      .slice(0, 12)
      .map(({ id, name, code, unitMinor }) => ({
        value: id,
        label: name,
        description: `${code}, ${formatAmount(unitMinor, currency)}`,
      }));
  };
  const add = (option: ComboboxOption | null) => {
    if (!option) return;
    setLines((known) =>
      known.some(({ serviceId }) => serviceId === option.value)
        ? known.map((line) =>
            line.serviceId === option.value
              ? { ...line, quantity: String(piecesOf(line.quantity) + 1) }
              : line,
          )
        : [...known, { serviceId: option.value, quantity: '1', isFree: false }],
    );
    setAdded((count) => count + 1);
  };
  return (
    <>
      <input
        type="hidden"
        name="lines"
        data-shown={facts
          .map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name))
          .join(', ')}
        value={JSON.stringify(
          lines.map(({ serviceId, quantity }, index) => ({
            serviceId,
            quantity,
            unitMinor: facts[index]?.unitMinor ?? 0,
          })),
        )}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="Services">
          <div className="grid gap-4">
            <FormCombobox
              key={added}
              name="service"
              label="Add a service"
              loadOptions={find}
              onSelect={add}
              placeholder="Type three letters"
              autoFocus
            />
            {lines.length === 0 ? (
              <p className="text-text-muted">Nothing yet. Type the beginning of a service and press Enter.</p>
            ) : (
              <ul
                aria-label="Lines of the estimate"
                className="divide-y divide-border border-border border-t"
              >
                {lines.map((line, index) => {
                  const { name = '', unitMinor = 0 } = facts[index] ?? {};
                  return (
                    <li key={line.serviceId} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
                      <span className="min-w-40 flex-1 break-words">
                        {name}
                        <span className="block text-[0.8125rem] text-text-muted tabular-nums">
                          {formatAmount(unitMinor, currency)} each
                        </span>
                      </span>
                      <PiecesField
                        of={`lines.${index}.quantity`}
                        label={`Quantity of ${name}`}
                        className="w-16"
                        value={line.quantity}
                        limit={LINE_LIMIT}
                        onChange={(quantity) =>
                          setLines((known) =>
                            known.map((one, at) => (at === index ? { ...one, quantity } : one)),
                          )
                        }
                      />
                      <span className="w-24 text-right tabular-nums">
                        {formatFigure(amounts.lines[index]?.grossMinor ?? 0, currency)}
                      </span>
                      <Button
                        variant="ghost"
                        size="icon-sm"
                        aria-label={`Remove ${name}`}
                        onClick={() => setLines((known) => known.filter((_, at) => at !== index))}
                      >
                        <Icon of="trash" />
                      </Button>
                    </li>
                  );
                })}
              </ul>
            )}
          </div>
        </Section>
        <Section title="Total">
          <div className="grid gap-5">
            <FormSelect
              name="doctorId"
              label="Doctor"
              placeholder="None"
              options={doctors.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <FormField
              name="validUntil"
              label="Valid until"
              type="date"
              min={today}
              defaultValue={validUntil}
              required
            />
            <FormTextarea name="note" label="Note" rows={2} maxLength={300} />
            <BillSums amounts={amounts} currency={currency} />
            <FormActions>
              <SubmitButton pendingLabel="Saving">Write estimate</SubmitButton>
            </FormActions>
          </div>
        </Section>
      </div>
    </>
  );
}
