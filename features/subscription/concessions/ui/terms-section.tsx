'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { May } from '@/components/layout/may';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { PLANS, SOLD_PLANS } from '@/features/subscription/billing/plans';
import { formatMoney } from '@/lib/money';
import { dayInUtc } from '@/lib/words';
import { changeTermsAction, extendTrialAction, giveCreditAction, giveDiscountAction } from '../actions';
import { CREDIT_LABEL, DISCOUNT_MONTHS, MOST_TRIAL_DAYS } from '../policy';
import type { CustomerTerms } from '../queries';

const MONTHS = DISCOUNT_MONTHS.map((value) => ({
  value,
  label: value === 'forever' ? 'As long as they stay' : value === '1' ? '1 month' : `${value} months`,
}));
const INTERVALS = [
  { value: 'month', label: 'By the month' },
  { value: 'year', label: 'By the year' },
];
const CHARGES = [
  { value: 'difference', label: 'Charge the difference now' },
  { value: 'nothing', label: 'Charge nothing until the renewal' },
];

function Reason() {
  return (
    <>
      <FormTextarea
        name="reason"
        label="Reason"
        help="It stands in the log and at Stripe. The customer is not shown it."
        maxLength={300}
        required
      />
      <CurrentPassword help={PASSWORD_OR_CODE} />
    </>
  );
}

/** What the company gives beyond the price list: credit, discount, a longer trial, another plan. */
export function TermsSection({
  organizationId,
  terms,
}: {
  organizationId: string;
  terms: CustomerTerms | null;
}) {
  return (
    <Section
      title="Credit and terms"
      description="As Stripe has them now."
      actions={
        terms ? (
          <May to="terms:write">
            <Acts organizationId={organizationId} live={terms.live} />
          </May>
        ) : null
      }
    >
      {terms === null ? (
        <Alert tone="warning" title="Stripe cannot be reached right now">
          Load the page again in a minute.
        </Alert>
      ) : (
        <div className="grid gap-4 text-[0.8125rem]">
          <p className="text-text">
            {terms.balance && terms.balance.cents > 0 ? (
              <>
                <strong className="tabular-nums">
                  {formatMoney(terms.balance.cents, terms.balance.currency)}
                </strong>{' '}
                of credit wait for the next invoice.
              </>
            ) : (
              'No credit waits.'
            )}
            {terms.live?.trialEnd ? ` A trial runs until ${dayInUtc(terms.live.trialEnd)}.` : ''}
          </p>
          {terms.credits.length > 0 ? (
            <ul aria-label="Credits" className="grid gap-1.5">
              {terms.credits.map((credit) => (
                <li key={credit.id} className="flex flex-wrap justify-between gap-x-3 text-text-muted">
                  <span className="min-w-0 break-words">
                    {CREDIT_LABEL[credit.kind]}, {dayInUtc(credit.at)}
                    {credit.reason ? `: ${credit.reason}` : ''}
                  </span>
                  <span className="text-text tabular-nums">{formatMoney(credit.cents, credit.currency)}</span>
                </li>
              ))}
            </ul>
          ) : null}
          {terms.leaving.map((each) => (
            <Alert
              key={each.id}
              tone="warning"
              title={each.reason ? `Why they leave: ${each.reason}` : 'Why they leave'}
            >
              <span className="break-words">
                {each.comment ?? 'They wrote nothing more.'}
                {each.at ? ` Said ${dayInUtc(each.at)}.` : ''}
              </span>
            </Alert>
          ))}
        </div>
      )}
    </Section>
  );
}

function Acts({ organizationId, live }: { organizationId: string; live: CustomerTerms['live'] }) {
  const fields = { organizationId };
  return (
    <div className="flex flex-wrap gap-2">
      <ConfirmAction
        trigger={<Button size="sm">Give credit</Button>}
        title="Give credit"
        description="The next invoices ask for so much less. It is not paid out, and the customer is told by mail."
        confirm="Give credit"
        tone="primary"
        action={giveCreditAction}
        fields={fields}
      >
        <FormField
          name="amount"
          label={`Amount${live ? ` (${live.currency.toUpperCase()})` : ''}`}
          inputMode="decimal"
          required
        />
        <Reason />
      </ConfirmAction>
      {live ? (
        <>
          <ConfirmAction
            trigger={<Button size="sm">Give a discount</Button>}
            title="Give a discount"
            description="From the next invoice on; it takes the place of a discount that is there. The customer is told by mail."
            confirm="Give discount"
            tone="primary"
            action={giveDiscountAction}
            fields={fields}
          >
            <FormField name="percent" label="Per cent" inputMode="numeric" required />
            <FormSelect name="months" label="For" options={MONTHS} defaultValue="3" required />
            <Reason />
          </ConfirmAction>
          {live.trialEnd ? (
            <ConfirmAction
              trigger={<Button size="sm">Longer trial</Button>}
              title="Make the trial longer"
              description={`It ends on ${dayInUtc(live.trialEnd)} now. Nothing is charged before the new end; the customer is told by mail.`}
              confirm="Make it longer"
              tone="primary"
              action={extendTrialAction}
              fields={fields}
            >
              <FormField
                name="days"
                label="Days more"
                help={`1 to ${MOST_TRIAL_DAYS}.`}
                inputMode="numeric"
                required
              />
              <Reason />
            </ConfirmAction>
          ) : null}
          {live.plan === 'enterprise' ? null : (
            <ConfirmAction
              trigger={<Button size="sm">Change plan</Button>}
              title="Change their plan"
              description="More begins at once; less begins at the end of what is paid for. The customer is told by mail."
              confirm="Change plan"
              tone="primary"
              action={changeTermsAction}
              fields={fields}
            >
              <FormSelect
                name="plan"
                label="Plan"
                options={SOLD_PLANS.map((id) => ({ value: id, label: PLANS[id].name }))}
                defaultValue={live.plan}
                required
              />
              <FormSelect
                name="interval"
                label="Paid"
                options={INTERVALS}
                defaultValue={live.interval}
                required
              />
              <FormSelect
                name="charge"
                label="If it is more"
                options={CHARGES}
                defaultValue="difference"
                required
              />
              <Reason />
            </ConfirmAction>
          )}
        </>
      ) : null}
    </div>
  );
}
