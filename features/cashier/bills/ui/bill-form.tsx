'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCombobox } from '@/components/forms/form-combobox';
import { useFormState } from '@/components/forms/form-context';
import { FormSelect, useField } from '@/components/forms/form-field';
import { PiecesField } from '@/components/forms/pieces-field';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import type { ComboboxOption } from '@/components/ui/combobox';
import { Icon } from '@/components/ui/icon';
import { type Currency, formatAmount, formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import type { issueBillAction } from '../actions';
import { billAmounts, discountShareBp, notPayableOf } from '../amounts';
import { LINE_LIMIT } from '../policy';
import { BillSums } from './bill-sums';
import { DiscountFields } from './discount-fields';
import { LeftCharges } from './left-charges';
import { keptShare, PayerFields, type PayerOption, typedShare } from './payer-fields';
import { PlaceField } from './place-field';
import {
  type Billable,
  type Charged,
  type ChosenDiscount,
  discountOf,
  factsOf,
  heldByPackages,
  keptDiscount,
  type Line,
  lineOf,
  piecesOf,
  readKept,
} from './typed-lines';
import { useAddress } from './use-address';

type BillFormProps = {
  /** Issues it; that of an estimate says so there too. */
  action: typeof issueBillAction;
  /** What it begins with, instead of the fee of the visit. */
  estimate: { id: string; number: string; lines: { serviceId: string; quantity: number }[] } | null;
  patientId: string;
  visitId: string | null;
  doctors: { id: string; name: string }[];
  doctorId: string;
  services: Billable[];
  charges: Charged[];
  proposed: { serviceId: string; isFree: boolean; note: string } | null;
  currency: Currency;
  /** What totals are rounded to. */
  step: number;
  discountLimitBp: number;
  canDiscountAlone: boolean;
  approvers: { id: string; name: string }[];
  requestKey: string;
  payers: PayerOption[];
  /** Whose prices are shown; empty where the patient pays all. */
  payer: string;
  /** India: the states where it may be supplied; null where nothing is taxed by them. */
  place: { own: string; chosen: string; ofPatient: string | null } | null;
};

const schema = async () => (await import('../schema')).issueBillInput;

/** Lines by typing three letters, a discount where one is given, and the sums as they will be stored. */
export function BillForm(props: BillFormProps) {
  const router = useRouter();
  return (
    <ActionForm
      action={props.action}
      schema={schema}
      label="Bill"
      draft={{ form: 'bill', of: props.estimate?.id ?? props.visitId ?? props.patientId }}
      onSuccess={({ id }) => router.push(paths.bill(id))}
    >
      <input type="hidden" name="patientId" value={props.patientId} />
      <input type="hidden" name="visitId" value={props.visitId ?? ''} />
      <input type="hidden" name="requestKey" value={props.requestKey} />
      {props.estimate ? <input type="hidden" name="estimateId" value={props.estimate.id} /> : null}
      <BillFields {...props} />
    </ActionForm>
  );
}

function BillFields(props: BillFormProps) {
  const { services, charges, proposed, currency, doctors, estimate } = props;
  const { kept } = useField('lines', 'Services');
  const { valueFor } = useFormState();
  const [typed, setTyped] = useState<Line[]>(() => {
    if (kept !== undefined) return readKept(kept, props);
    if (estimate)
      return estimate.lines.map(({ serviceId, quantity }) => ({
        ...{ serviceId, quantity: String(quantity), isFree: false },
      }));
    const fee = proposed ? [{ serviceId: proposed.serviceId, quantity: '1', isFree: proposed.isFree }] : [];
    return [...fee, ...charges.map(lineOf)];
  });
  const [added, setAdded] = useState(0);
  const [discount, setDiscount] = useState<ChosenDiscount>(() => keptDiscount(valueFor));
  const [choice, setChoice] = useState(() => valueFor('payerChoice') ?? props.payer);
  const [share, setShare] = useState(() => keptShare(valueFor));
  const payer = props.payers.find(({ value }) => value === choice) ?? null;
  useAddress({ payer: payer?.value ?? '' });
  const held = heldByPackages(typed, props);
  // What a package takes in stays typed: without the package it is a line again.
  const lines = typed.filter(({ chargeId }) => !held.some(({ id }) => id === chargeId));
  const facts = factsOf(lines, props);
  const left = charges.filter(
    ({ id }) => !typed.some(({ chargeId }) => chargeId === id) && !held.some((one) => one.id === id),
  );
  const amounts = billAmounts(facts, discountOf(discount, currency.code), props.step);
  const notPayableMinor = payer ? notPayableOf(amounts, lines) : 0;
  const shareMinor = typedShare(amounts.totalMinor, payer, share, { code: currency.code, notPayableMinor });
  const given = {
    grossMinor: amounts.grossMinor,
    discountMinor: amounts.discountMinor + (payer?.isOwnFund ? shareMinor : 0),
  };
  const needsApproval =
    given.discountMinor > 0 && discountShareBp(given) > props.discountLimitBp && !props.canDiscountAlone;

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
    const line = typed.find(({ serviceId, isFree }) => serviceId === option.value && !isFree);
    if (line) change(line, { quantity: String(piecesOf(line.quantity) + 1) });
    else setTyped((known) => [...known, { serviceId: option.value, quantity: '1', isFree: false }]);
    setAdded((count) => count + 1);
  };
  const change = (line: Line, to: Partial<Pick<Line, 'quantity' | 'isNotPayable'>>) =>
    setTyped((known) => known.map((one) => (one === line ? { ...one, ...to } : one)));

  return (
    <>
      <input
        type="hidden"
        name="lines"
        data-shown={facts
          .map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name))
          .join(', ')}
        value={JSON.stringify(
          lines.map(({ serviceId, chargeId, isFree, isNotPayable, quantity }, index) => ({
            ...{ serviceId, chargeId, isFree, isNotPayable: payer !== null && isNotPayable === true },
            quantity,
            unitMinor: facts[index]?.unitMinor ?? 0,
          })),
        )}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="Services" {...(proposed?.note ? { description: proposed.note } : {})}>
          <div className="grid gap-4">
            <FormCombobox
              key={added}
              name="service"
              label="Add a service"
              loadOptions={find}
              onSelect={add}
              placeholder="Type three letters"
              autoFocus={added > 0 || lines.length === 0}
            />
            {lines.length === 0 ? (
              <p className="text-text-muted">Nothing yet. Type the beginning of a service and press Enter.</p>
            ) : (
              <ul aria-label="Lines of the bill" className="divide-y divide-border border-border border-t">
                {lines.map((line, index) => {
                  const { name = '', note = '' } = facts[index] ?? {};
                  return (
                    <li
                      // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name but its place
                      key={`${line.chargeId ?? line.serviceId}-${index}`}
                      className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5"
                    >
                      <span className="min-w-40 flex-1 break-words">
                        {name}
                        <span className="block text-[0.8125rem] text-text-muted tabular-nums">
                          {line.isFree
                            ? 'Free review'
                            : `${formatAmount(facts[index]?.unitMinor ?? 0, currency)} each`}
                          {note ? `, ${note}` : ''}
                        </span>
                        {payer && !line.isFree ? (
                          <Checkbox
                            label="Not payable"
                            aria-label={`${name} is not payable by ${payer.label}`}
                            checked={line.isNotPayable === true}
                            onChange={({ target }) => change(line, { isNotPayable: target.checked })}
                          />
                        ) : null}
                      </span>
                      <PiecesField
                        of={`lines.${index}.quantity`}
                        label={`Quantity of ${name}`}
                        className="w-16"
                        value={line.quantity}
                        disabled={line.isFree || line.chargeId !== undefined}
                        limit={LINE_LIMIT}
                        onChange={(quantity) => change(line, { quantity })}
                      />
                      <span className="w-24 text-right tabular-nums">
                        {formatFigure(amounts.lines[index]?.grossMinor ?? 0, currency)}
                      </span>
                      <Button
                        variant="ghost"
                        size="icon-sm"
                        aria-label={`Remove ${name}`}
                        onClick={() => setTyped((known) => known.filter((one) => one !== line))}
                      >
                        <Icon of="trash" />
                      </Button>
                    </li>
                  );
                })}
              </ul>
            )}
            {held.length > 0 ? (
              <p className="text-text-muted" role="status">
                Included in the package: {held.map(({ name }) => name).join(', ')}
              </p>
            ) : null}
            <LeftCharges left={left} onAdd={(charge) => setTyped((known) => [...known, lineOf(charge)])} />
          </div>
        </Section>
        <Section title="Total">
          <div className="grid gap-5">
            <FormSelect
              name="doctorId"
              label="Doctor"
              placeholder="None"
              options={doctors.map(({ id, name }) => ({ value: id, label: name }))}
              defaultValue={props.doctorId}
            />
            <DiscountFields
              grossMinor={amounts.grossMinor}
              currency={currency}
              discount={discount}
              onChange={setDiscount}
              needsApproval={needsApproval}
              approvers={props.approvers}
            />
            {props.place ? <PlaceField {...props.place} /> : null}
            <BillSums amounts={amounts} currency={currency} />
            {props.payers.length > 0 ? (
              <PayerFields
                options={props.payers}
                choice={choice}
                onChoose={setChoice}
                typed={share}
                onType={setShare}
                totalMinor={amounts.totalMinor}
                notPayableMinor={notPayableMinor}
                currency={currency}
              />
            ) : null}
            <FormActions>
              <SubmitButton pendingLabel="Issuing">Issue bill</SubmitButton>
            </FormActions>
          </div>
        </Section>
      </div>
    </>
  );
}
