'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { addTdsCertificateAction } from '../actions';
import { quarterName } from '../policy';

const schema = async () => (await import('../schema')).addTdsCertificateInput;

type CertificateFormProps = {
  payers: readonly { id: string; name: string }[];
  /** Who pays no longer: what they have withheld before is certified later. */
  ended: readonly { id: string; name: string }[];
  quarters: readonly string[];
  today: string;
  symbol: string;
  requestKey: string;
};

/** A certificate that a payer has sent. */
export function CertificateForm({
  payers,
  ended,
  quarters,
  today,
  symbol,
  requestKey,
}: CertificateFormProps) {
  return (
    <ActionForm
      action={addTdsCertificateAction}
      schema={schema}
      label="New certificate"
      draft={{ form: 'tds-certificate' }}
    >
      <input type="hidden" name="requestKey" value={requestKey} />
      <FormSelect
        name="payerId"
        label="Payer"
        placeholder="Choose"
        options={[
          ...payers.map(({ id, name }) => ({ value: id, label: name })),
          ...ended.map(({ id, name }) => ({ value: id, label: `${name} (ended)` })),
        ]}
        required
      />
      <FormSelect
        name="quarter"
        label="Quarter"
        options={quarters.map((value) => ({ value, label: quarterName(value) }))}
        defaultValue={quarters[1] ?? ''}
        required
      />
      <FormField name="number" label="Number of the certificate" autoComplete="off" maxLength={40} required />
      <FormField
        name="amount"
        label="Tax that it says"
        help={`In ${symbol}`}
        inputMode="decimal"
        autoComplete="off"
        required
      />
      <FormField name="receivedDay" label="Received" type="date" defaultValue={today} max={today} required />
      <FormActions>
        <SubmitButton pendingLabel="Entering">Enter certificate</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
