'use client';
import { useRouter } from 'next/navigation';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import type { Currency } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { closeOtherShiftAction, closeShiftAction, openShiftAction } from '../actions';
import { DrawerCount } from './drawer-count';

const openSchema = async () => (await import('../schema')).openShiftInput;
const closeSchema = async () => (await import('../schema')).closeShiftInput;
const otherSchema = async () => (await import('../schema')).closeOtherShiftInput;

/** What lies in the drawer before the first payment. */
export function OpenShift() {
  return (
    <ActionForm action={openShiftAction} schema={openSchema} label="Open shift" warnOnLeave={false}>
      <FormField
        name="float"
        label="Cash in the drawer"
        help="Count it. 0 where there is none."
        inputMode="decimal"
        autoComplete="off"
        required
      />
      <FormActions>
        <SubmitButton pendingLabel="Opening">Open shift</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** The count of one's own drawer by notes and coins. What it should hold is said afterwards. */
export function CloseShift({ shiftId, currency }: { shiftId: string; currency: Currency }) {
  return (
    <ActionForm
      action={closeShiftAction}
      schema={closeSchema}
      label="Close shift"
      draft={{ form: 'shift-count', of: shiftId }}
    >
      <DrawerCount currency={currency} submit="Close shift" pending="Closing" />
    </ActionForm>
  );
}

/** The count of a drawer that its cashier has left open, by who closes the day. */
export function CloseOtherShift({ shiftId, currency }: { shiftId: string; currency: Currency }) {
  const router = useRouter();
  return (
    <ActionForm
      action={closeOtherShiftAction}
      schema={otherSchema}
      label="Close shift"
      draft={{ form: 'shift-count', of: shiftId }}
      onSuccess={({ day }) => router.push(paths.dayBook(day))}
    >
      <input type="hidden" name="shiftId" value={shiftId} readOnly />
      <DrawerCount currency={currency} submit="Close shift" pending="Closing" />
    </ActionForm>
  );
}
