'use client';
import { useEffect, useRef, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { partOf } from '@/components/ui/part';
import type { SelectOption } from '@/components/ui/select';
import { optionsOf } from '@/components/ui/select';
import type { Interval } from '@/features/subscription/billing/plans';
import type { Currencies } from '@/features/subscription/billing/price-list';
import type { ActionResult } from '@/lib/action-result';
import type { PlanId } from '@/lib/master/vocabulary';
import { INDUSTRIES } from '@/lib/organizations/industries';
import { checkSignupAction } from '../actions';

const schema = async () => (await import('@/lib/organizations/details')).signupDetailsInput;
const industries = optionsOf(INDUSTRIES);
const planStep = partOf(() => import('./plan-step'));

/**
 * Two steps in one form; what was typed in the first stays in memory, the password included, until the second
 * is sent.
 */
export function SignupForm({
  plan,
  interval,
  currencies,
  isTaxAdded,
  countries,
}: {
  plan: PlanId | null;
  interval: Interval;
  currencies: Currencies;
  isTaxAdded: boolean;
  countries: readonly SelectOption[];
}) {
  const [details, setDetails] = useState<Record<string, string> | null>(null);
  const [step, setStep] = useState<1 | 2>(1);
  const typed = useRef<Record<string, string>>({});
  const heading = useRef<HTMLHeadingElement>(null);
  const second = planStep.usePart(step === 2, () => setStep(1));
  const isThere = step === 2 && second !== null;
  useEffect(() => {
    if (isThere) heading.current?.focus();
  }, [isThere]);

  async function check(
    previous: ActionResult<{ ok: boolean }>,
    form: FormData,
  ): Promise<ActionResult<{ ok: boolean }>> {
    form.set('timeZone', Intl.DateTimeFormat().resolvedOptions().timeZone);
    // The password included, which no answer brings back.
    typed.current = Object.fromEntries(
      [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    return checkSignupAction(previous, form);
  }

  return (
    <>
      <p className="mb-6 text-center text-[13px] text-text-muted">Step {isThere ? 2 : 1} of 2</p>
      <div hidden={isThere}>
        <ActionForm
          action={check}
          schema={schema}
          onSuccess={() => {
            setDetails(typed.current);
            setStep(2);
          }}
        >
          <FormField
            name="organizationName"
            label="Organization name"
            autoComplete="organization"
            required
            maxLength={120}
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <FormField
              name="email"
              label="Work email"
              type="email"
              autoComplete="email"
              inputMode="email"
              required
            />
            <FormField name="phone" label="Phone" type="tel" autoComplete="tel" inputMode="tel" required />
            <FormSelect
              name="industry"
              label="Industry"
              options={industries}
              defaultValue="eye-hospital"
              required
            />
            <FormField
              name="expectedUsers"
              label="Expected users"
              type="number"
              inputMode="numeric"
              min={1}
              help="People who will sign in"
              required
            />
          </div>
          <FormSelect
            name="country"
            label="Country or region"
            options={countries}
            placeholder="Choose"
            autoComplete="country"
            required
          />
          <div className="grid gap-5 sm:grid-cols-2">
            <FormField name="name" label="Your name" autoComplete="name" required />
            <FormField
              name="password"
              label="Password"
              type="password"
              autoComplete="new-password"
              help="At least 12 characters"
              required
            />
          </div>
          <SubmitButton size="lg" className="w-full">
            Continue
          </SubmitButton>
        </ActionForm>
      </div>
      {details && second ? (
        <div hidden={step !== 2}>
          <h2 ref={heading} tabIndex={-1} className="mb-4 text-lg font-semibold">
            Choose a plan for {details.organizationName}
          </h2>
          <second.PlanStep
            details={details}
            preferred={plan}
            preferredInterval={interval}
            currencies={currencies}
            isTaxAdded={isTaxAdded}
            onBack={() => setStep(1)}
          />
        </div>
      ) : null}
    </>
  );
}
