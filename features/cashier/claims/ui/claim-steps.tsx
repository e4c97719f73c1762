'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import type { Currency } from '@/lib/currency';
import { updateClaimAction } from '../actions';
import type { Claim } from '../dto';
import { CLAIM_STEPS, type ClaimStep, stepsOf } from '../policy';

type Asked = { amount?: string; reference?: string; note?: string; until?: true };

const schema = async () => (await import('../schema')).updateClaimInput;

/** What happened next with a claim; one press chooses it, and only what belongs to it is asked. */
export function ClaimSteps({ claim, currency }: { claim: Claim; currency: Currency }) {
  const steps = stepsOf(claim);
  const [chosen, setChosen] = useState<ClaimStep | null>(null);
  const step =
    chosen && steps.includes(chosen) ? chosen : (steps.find((one) => one === 'approve') ?? steps[0] ?? null);
  if (!step) return <p className="text-text-muted">Nothing more is to be done.</p>;
  const asks: Asked = CLAIM_STEPS[step].asks;
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap gap-2">
        {steps.map((one) => (
          <Button
            key={one}
            size="sm"
            aria-pressed={one === step}
            variant={one === step ? 'primary' : 'secondary'}
            onClick={() => setChosen(one)}
          >
            {CLAIM_STEPS[one].label}
          </Button>
        ))}
      </div>
      <ActionForm
        key={`${step}-${claim.version}`}
        action={updateClaimAction}
        schema={schema}
        label="What happened"
        draft={{ form: `claim-${step}`, of: claim.id, version: claim.version }}
      >
        <input type="hidden" name="claimId" value={claim.id} />
        <input type="hidden" name="step" value={step} />
        <div className="grid gap-4 sm:grid-cols-2">
          {asks.amount ? (
            <FormField
              name="amount"
              label={`${asks.amount}, ${currency.code}`}
              inputMode="decimal"
              required
              autoComplete="off"
            />
          ) : null}
          {asks.reference ? (
            <FormField name="reference" label={asks.reference} maxLength={40} autoComplete="off" />
          ) : null}
          {asks.until ? <FormField name="until" label="Valid until" type="date" /> : null}
        </div>
        {asks.note ? (
          <FormTextarea
            name="note"
            label={asks.note}
            rows={2}
            maxLength={500}
            required={step === 'query' || step === 'answer' || step === 'reject'}
          />
        ) : null}
        <FormActions>
          <SubmitButton pendingLabel="Saving">Save</SubmitButton>
        </FormActions>
      </ActionForm>
    </div>
  );
}
