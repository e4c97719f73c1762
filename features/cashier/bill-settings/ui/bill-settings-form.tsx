'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSwitch, FormTextarea } from '@/components/forms/form-field';
import { decimalOf } from '@/lib/currency';
import { updateBillSettingsAction } from '../actions';
import type { BillSettings } from '../dto';

const schema = async () => (await import('../schema')).updateBillSettingsInput;

/** How the hospital's own bills look, and what its cashiers may do. */
export function BillSettingsForm({ settings, canWrite }: { settings: BillSettings; canWrite: boolean }) {
  const isIndia = settings.country === 'IN';
  return (
    <ActionForm
      action={updateBillSettingsAction}
      schema={schema}
      label="Bills and receipts"
      draft={{ form: 'bill-settings', of: 'settings', version: settings.version }}
    >
      <FormField
        name="legalName"
        label="Name on bills"
        defaultValue={settings.legalName}
        autoComplete="off"
        maxLength={120}
      />
      <FormTextarea
        name="address"
        label="Address on bills"
        defaultValue={settings.address}
        rows={3}
        maxLength={300}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField
          name="taxNumber"
          label={isIndia ? 'GSTIN' : 'Tax number'}
          help="Without one, no tax is charged or printed"
          defaultValue={settings.taxNumber ?? ''}
          autoComplete="off"
          maxLength={20}
        />
        <FormField
          name="numberPrefix"
          label="Prefix of numbers"
          help="At most 3 letters; a new one begins again at 1"
          defaultValue={settings.numberPrefix}
          autoComplete="off"
          maxLength={3}
        />
        {isIndia ? (
          <FormField
            name="upiAddress"
            label="UPI address"
            help="Bills then show a code with their amount"
            defaultValue={settings.upiAddress ?? ''}
            autoComplete="off"
            maxLength={106}
          />
        ) : null}
        <FormField
          name="cashLimit"
          label="Cash limit"
          help={
            isIndia ? 'Per patient and day; the law says 2,00,000' : 'Per patient and day; empty for none'
          }
          defaultValue={
            settings.cashLimitMinor === null ? '' : decimalOf(settings.cashLimitMinor, settings.currency.code)
          }
          inputMode="decimal"
          autoComplete="off"
        />
        <FormField
          name="reviewDays"
          label="Free review within days"
          help="With the same doctor; 0 for none"
          defaultValue={settings.reviewDays}
          inputMode="numeric"
          autoComplete="off"
          required
        />
        <FormField
          name="discountLimit"
          label="Discount limit in percent"
          help="Above it somebody else approves"
          defaultValue={settings.discountLimitBp / 100}
          inputMode="decimal"
          autoComplete="off"
        />
      </div>
      <FormSwitch name="isRounded" label="Round totals to the whole" defaultChecked={settings.isRounded} />
      <FormField
        name="footer"
        label="Line under bills"
        defaultValue={settings.footer}
        autoComplete="off"
        maxLength={200}
      />
      {canWrite ? (
        <FormActions>
          <SubmitButton pendingLabel="Saving">Save changes</SubmitButton>
        </FormActions>
      ) : null}
    </ActionForm>
  );
}
