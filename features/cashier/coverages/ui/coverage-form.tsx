'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { optionsOf } from '@/components/ui/select';
import { type Currency, decimalOf } from '@/lib/currency';
import { saveCoverageAction } from '../actions';
import type { Coverage } from '../dto';
import { RELATIONS } from '../policy';

type CoverageFormProps = {
  patientId: string;
  payers: { id: string; name: string }[];
  currency: Currency;
  coverage?: Coverage;
};

const schema = async () => (await import('../schema')).saveCoverageInput;

/** A policy of a patient to add, or one to change. */
export function CoverageForm({ patientId, payers, currency, coverage }: CoverageFormProps) {
  return (
    <ActionForm
      action={saveCoverageAction}
      schema={schema}
      label={coverage ? `Policy with ${coverage.payerName}` : 'New policy'}
      draft={{
        form: 'coverage',
        of: coverage?.id ?? patientId,
        ...(coverage ? { version: coverage.version } : {}),
      }}
      resetOnSuccess={!coverage}
    >
      <input type="hidden" name="patientId" value={patientId} />
      {coverage ? <input type="hidden" name="coverageId" value={coverage.id} /> : null}
      <div className="grid gap-5 sm:grid-cols-2">
        <FormSelect
          name="payerId"
          label="Who pays"
          placeholder="Choose"
          options={payers.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={coverage?.payerId ?? ''}
          required
        />
        <FormField
          name="policyNumber"
          label="Number of the policy or card"
          defaultValue={coverage?.policyNumber ?? ''}
          maxLength={60}
          autoComplete="off"
        />
        <FormField
          name="memberId"
          label="Member or employee number"
          defaultValue={coverage?.memberId ?? ''}
          maxLength={60}
          autoComplete="off"
        />
        <FormField
          name="plan"
          label="Plan"
          defaultValue={coverage?.plan ?? ''}
          maxLength={80}
          autoComplete="off"
        />
        <FormField
          name="holderName"
          label="Name of the holder"
          help="Where it is not the patient"
          defaultValue={coverage?.holderName ?? ''}
          maxLength={120}
          autoComplete="off"
        />
        <FormSelect
          name="relation"
          label="The patient is the holder’s"
          options={optionsOf(RELATIONS)}
          defaultValue={coverage?.relation ?? 'self'}
        />
        <FormField name="validFrom" label="Valid from" type="date" defaultValue={coverage?.validFrom ?? ''} />
        <FormField name="validTo" label="Valid until" type="date" defaultValue={coverage?.validTo ?? ''} />
        <FormField
          name="limit"
          label={`Most that it pays of one bill, ${currency.code}`}
          inputMode="decimal"
          defaultValue={
            coverage?.limitMinor === null || !coverage ? '' : decimalOf(coverage.limitMinor, currency.code)
          }
          autoComplete="off"
        />
        <FormField
          name="coPay"
          label="Co-payment of the patient, percent"
          inputMode="decimal"
          defaultValue={coverage?.coPayBp === null || !coverage ? '' : String(coverage.coPayBp / 100)}
          autoComplete="off"
        />
      </div>
      <FormActions>
        <SubmitButton pendingLabel="Saving">{coverage ? 'Save' : 'Add policy'}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
