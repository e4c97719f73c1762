'use client';
import { useEffect, useRef, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import type { SelectOption } from '@/components/ui/select';
import type { ActionResult } from '@/lib/action-result';
import { PLANS, recommendPlan } from '@/lib/features/billing/plans';
import { checkSignupAction, signUpAction } from '@/lib/features/signup/actions';
import { INDUSTRIES, signupDetailsInput } from '@/lib/features/signup/schema';
import { PLAN_IDS, type PlanId } from '@/lib/master/vocabulary';
import { formatMoney } from '@/lib/money';

const industries = Object.entries(INDUSTRIES).map(([value, label]) => ({ value, label }));

/** Two steps in one form; what was typed in the first stays in memory, the password included, until the second is sent. */
export function SignupForm({ plan, countries }: { plan: PlanId | null; countries: readonly SelectOption[] }) {
  const [details, setDetails] = useState<Record<string, string> | null>(null);
  const [step, setStep] = useState<1 | 2>(1);
  const typed = useRef<Record<string, string>>({});
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (step === 2) heading.current?.focus();
  }, [step]);

  // The same schema as on the server, so that most mistakes are said without a round trip.
  async function check(
    previous: ActionResult<{ ok: boolean }>,
    form: FormData,
  ): Promise<ActionResult<{ ok: boolean }>> {
    form.set('timeZone', Intl.DateTimeFormat().resolvedOptions().timeZone);
    const fields = Object.fromEntries(
      [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
    const parsed = signupDetailsInput.safeParse(fields);
    typed.current = fields;
    if (parsed.success) return checkSignupAction(previous, form);
    const fieldErrors: Record<string, string[]> = {};
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0]);
      fieldErrors[field] = [...(fieldErrors[field] ?? []), issue.message];
    }
    return { status: 'invalid', fieldErrors, values: {}, message: 'Please check the marked fields.' };
  }

  return (
    <>
      <p className="mb-6 text-center text-[13px] text-text-muted">Step {step} of 2</p>
      <div hidden={step !== 1}>
        <ActionForm
          action={check}
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
      {details && step === 2 ? (
        <div>
          <h2 ref={heading} tabIndex={-1} className="mb-4 text-lg font-semibold">
            Choose a plan for {details.organizationName}
          </h2>
          <PlanStep details={details} preferred={plan} onBack={() => setStep(1)} />
        </div>
      ) : null}
    </>
  );
}

function PlanStep({
  details,
  preferred,
  onBack,
}: {
  details: Record<string, string>;
  preferred: PlanId | null;
  onBack: () => void;
}) {
  const recommended = recommendPlan(Number(details.expectedUsers));
  const [plan, setPlan] = useState<PlanId>(preferred ?? recommended);
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
      <fieldset>
        <legend className="sr-only">Plan</legend>
        <div className="space-y-3">
          {PLAN_IDS.map((id) => {
            const { name, priceCentsMonthly, forWhom, highlights } = PLANS[id];
            return (
              <label
                key={id}
                className={cn(
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
                      {priceCentsMonthly === null
                        ? 'Custom price'
                        : `${formatMoney(priceCentsMonthly)} a month`}
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
      ) : null}
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
