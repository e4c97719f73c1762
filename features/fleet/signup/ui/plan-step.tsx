'use client';
import { clsx } from 'clsx';
import { Fragment, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormField, FormRadioGroup, FormTextarea } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { AGREEMENT_LABEL, AGREEMENTS } from '@/features/subscription/agreements/policy';
import {
  type Interval,
  PLANS,
  priceCents,
  recommendPlan,
  TRIAL_DAYS,
} from '@/features/subscription/billing/plans';
import { type Currencies, sellingCurrency } from '@/features/subscription/billing/price-list';
import { taxIdKindOf } from '@/features/subscription/invoice-details/policy';
import { PLAN_IDS, type PlanId } from '@/lib/master/vocabulary';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { signUpAction } from '../actions';

/** The second step: what is bought, how it begins, and what is agreed to. */
export function PlanStep({
  details,
  preferred,
  preferredInterval,
  currencies,
  isTaxAdded,
  onBack,
}: {
  details: Record<string, string>;
  preferred: PlanId | null;
  preferredInterval: Interval;
  currencies: Currencies;
  isTaxAdded: boolean;
  onBack: () => void;
}) {
  const currency = sellingCurrency(details.country ?? '', currencies);
  const recommended = recommendPlan(Number(details.expectedUsers));
  const [plan, setPlan] = useState<PlanId>(preferred ?? recommended);
  const [interval, setBilledBy] = useState<Interval>(preferredInterval);
  const [start, setStart] = useState<'paid' | 'trial'>('paid');
  const [isLeaving, setLeaving] = useState(false);
  return (
    <ActionForm
      action={signUpAction}
      onSuccess={({ url }) => {
        setLeaving(true);
        window.location.assign(url);
      }}
    >
      {Object.entries(details).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormRadioGroup
        name="interval"
        label="How to pay"
        defaultValue={interval}
        onChange={(value) => setBilledBy(value === 'year' ? 'year' : 'month')}
        options={[
          { value: 'month', label: 'Monthly' },
          { value: 'year', label: 'Yearly, two months free' },
        ]}
      />
      <fieldset>
        <legend className="sr-only">Plan</legend>
        <div className="space-y-3">
          {PLAN_IDS.map((id) => {
            const { name, forWhom, highlights } = PLANS[id];
            const price = priceCents(id, interval, currency);
            return (
              <label
                key={id}
                className={clsx(
                  'flex cursor-pointer gap-3 rounded-lg border p-4 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-ring',
                  plan === id ? 'border-accent bg-accent-soft' : 'border-border hover:border-border-strong',
                )}
              >
                <input
                  type="radio"
                  name="plan"
                  value={id}
                  checked={plan === id}
                  onChange={() => setPlan(id)}
                  className="mt-1 accent-accent"
                />
                <span className="min-w-0 flex-1">
                  <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                    <span className="font-semibold">
                      {name}{' '}
                      {id === recommended ? (
                        <Badge tone="accent">
                          Recommended for {details.expectedUsers}{' '}
                          {details.expectedUsers === '1' ? 'person' : 'people'}
                        </Badge>
                      ) : null}
                    </span>
                    <span className="tabular">
                      {price === null ? 'Custom price' : `${formatMoney(price, currency)} a ${interval}`}
                    </span>
                  </span>
                  <span className="block text-[13px] text-text-muted">
                    {forWhom}. {highlights.slice(0, 3).join(', ')}.
                  </span>
                </span>
              </label>
            );
          })}
        </div>
      </fieldset>
      {plan === 'enterprise' ? (
        <FormTextarea
          name="salesNote"
          label="What should we know?"
          help="Branches, present system, when you want to start"
          maxLength={2000}
        />
      ) : (
        <>
          <FormRadioGroup
            name="start"
            label="How to begin"
            defaultValue={start}
            onChange={(value) => setStart(value === 'trial' ? 'trial' : 'paid')}
            options={[
              { value: 'paid', label: 'Pay today' },
              { value: 'trial', label: `Start with ${TRIAL_DAYS} days free` },
            ]}
          />
          <p className="text-[13px] text-text-muted" aria-live="polite">
            {whatIsPaid({ plan, interval, start, currency, isTaxAdded })}
          </p>
        </>
      )}
      <InvoiceFields country={details.country ?? ''} />
      <FormCheckbox
        name="accepts"
        label="I accept the terms of service and the data processing agreement for my organization"
        required
      />
      <p className="text-[13px] text-text-muted">
        {AGREEMENTS.map((name, index) => (
          <Fragment key={name}>
            {index > 0 ? ' · ' : 'Read them: '}
            <a
              href={paths.legal(name)}
              target="_blank"
              rel="noopener"
              className="text-accent underline underline-offset-2"
            >
              {AGREEMENT_LABEL[name]}
            </a>
          </Fragment>
        ))}
      </p>
      <div className="flex gap-3">
        <Button variant="secondary" size="lg" onClick={onBack}>
          Back
        </Button>
        {isLeaving ? (
          <Button variant="primary" size="lg" pending className="flex-1">
            {plan === 'enterprise' ? 'Sending' : 'Opening the payment page'}
          </Button>
        ) : (
          <SubmitButton size="lg" className="flex-1">
            {plan === 'enterprise' ? 'Contact sales' : 'Continue to payment'}
          </SubmitButton>
        )}
      </div>
    </ActionForm>
  );
}

/** Whom the invoices are for; it can be said under Billing just as well. */
function InvoiceFields({ country }: { country: string }) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen)
    return (
      <div>
        <Button size="sm" onClick={() => setOpen(true)}>
          Add details for the invoice
        </Button>
        <p className="mt-1 text-[13px] text-text-muted">
          Registered name, address and tax number. You can add them later under Billing.
        </p>
      </div>
    );
  const kind = taxIdKindOf(country);
  return (
    <fieldset className="grid gap-4 rounded-lg border border-border p-4">
      <legend className="px-1 font-medium">Details for the invoice</legend>
      <FormField
        name="invoiceLegalName"
        label="Registered name"
        maxLength={150}
        autoComplete="organization"
      />
      <FormField name="invoiceLine1" label="Street and number" maxLength={200} autoComplete="address-line1" />
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField name="invoiceCity" label="City" maxLength={100} />
        <FormField name="invoicePostalCode" label="Postal code" maxLength={20} />
        <FormField name="invoiceState" label="State or region" maxLength={100} />
        <FormField
          name="invoiceTaxId"
          label={kind?.label ?? 'Tax number'}
          maxLength={30}
          help={kind ? `Such as ${kind.example}.` : 'We know none of this country yet; leave it empty.'}
        />
        <FormField name="invoicePurchaseOrder" label="Purchase order number" maxLength={60} />
        <FormField name="invoiceEmails" label="Mail invoices also to" maxLength={800} />
      </div>
    </fieldset>
  );
}

/** What is paid when, in plain words. */
function whatIsPaid({
  plan,
  interval,
  start,
  currency,
  isTaxAdded,
}: {
  plan: PlanId;
  interval: Interval;
  start: 'paid' | 'trial';
  currency: string;
  isTaxAdded: boolean;
}): string {
  const amount = formatMoney(priceCents(plan, interval, currency) ?? 0, currency);
  const tax = isTaxAdded ? ', plus tax where it is due' : '';
  return start === 'trial'
    ? `You pay nothing today. In ${TRIAL_DAYS} days ${amount} is charged${tax}, then ${amount} each ${interval}. We remind you three days before; cancel until then and nothing is charged. One free start for each organization and e-mail.`
    : `You pay ${amount} today${tax}, then ${amount} each ${interval} until you cancel.`;
}
