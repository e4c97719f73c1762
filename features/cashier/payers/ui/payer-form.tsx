'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { optionsOf } from '@/components/ui/select';
import { STATE_OPTIONS } from '../../bill-settings/states';
import { savePayerAction } from '../actions';
import type { Payer } from '../dto';
import { PAYER_KINDS } from '../policy';

const schema = async () => (await import('../schema')).savePayerInput;

/** A payer to add, or one to change. */
export function PayerForm({ payer, isIndia }: { payer?: Payer; isIndia: boolean }) {
  return (
    <ActionForm
      action={savePayerAction}
      schema={schema}
      label={payer ? `Payer ${payer.name}` : 'New payer'}
      draft={{ form: 'payer', ...(payer ? { of: payer.id, version: payer.version } : {}) }}
      resetOnSuccess={!payer}
    >
      {payer ? <input type="hidden" name="payerId" value={payer.id} /> : null}
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField
          name="name"
          label="Name"
          defaultValue={payer?.name ?? ''}
          required
          maxLength={120}
          autoComplete="off"
        />
        <FormSelect
          name="kind"
          label="Kind"
          placeholder="Choose"
          options={optionsOf(PAYER_KINDS)}
          defaultValue={payer?.kind ?? ''}
          required
        />
        <FormField
          name="code"
          label="Code"
          help="Your number with them, or theirs"
          defaultValue={payer?.code ?? ''}
          maxLength={40}
          autoComplete="off"
        />
        <FormField
          name="creditDays"
          label="Days to pay"
          help="Afterwards a claim is overdue"
          inputMode="numeric"
          defaultValue={payer?.creditDays ?? ''}
          autoComplete="off"
        />
        <FormField
          name="tds"
          label="Tax withheld, percent"
          help={isIndia ? 'TDS; 10 from most insurers and TPAs' : 'Of what they pay'}
          inputMode="decimal"
          defaultValue={payer?.tdsBp === null || !payer ? '' : String(payer.tdsBp / 100)}
          autoComplete="off"
        />
        <FormField
          name="taxNumber"
          label={isIndia ? 'GSTIN' : 'Tax number'}
          defaultValue={payer?.taxNumber ?? ''}
          maxLength={20}
          autoComplete="off"
        />
        {isIndia ? (
          <FormSelect
            name="state"
            label="State"
            placeholder="Not known"
            options={STATE_OPTIONS}
            defaultValue={payer?.state ?? ''}
          />
        ) : null}
        <FormField
          name="contactName"
          label="Who is asked there"
          defaultValue={payer?.contactName ?? ''}
          maxLength={80}
          autoComplete="off"
        />
        <FormField
          name="phone"
          label="Phone"
          type="tel"
          defaultValue={payer?.phone ?? ''}
          maxLength={40}
          autoComplete="off"
        />
        <FormField
          name="email"
          label="E-mail"
          type="email"
          defaultValue={payer?.email ?? ''}
          maxLength={254}
          autoComplete="off"
        />
      </div>
      <FormTextarea
        name="address"
        label="Address"
        rows={2}
        defaultValue={payer?.address ?? ''}
        maxLength={300}
      />
      <FormCheckbox
        name="isOwnFund"
        label="The hospital itself bears it"
        help="A wave-off: the share is not asked from anybody, and needs the same approval as a discount."
        defaultChecked={payer?.isOwnFund ?? false}
      />
      <FormActions>
        <SubmitButton pendingLabel="Saving">{payer ? 'Save' : 'Add payer'}</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
