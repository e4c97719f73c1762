'use client';
import { ActionForm } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { type Currency, formatAmount } from '@/lib/currency';
import { METHODS } from '../../shifts/policy';
import { DrawerCount } from '../../shifts/ui/drawer-count';
import { acceptHandoverAction, giveDrawerAction, refuseHandoverAction } from '../actions';
import type { HandoverOffer } from '../dto';

const giveSchema = async () => (await import('../schema')).giveDrawerInput;
const acceptSchema = async () => (await import('../schema')).acceptHandoverInput;

type GiveDrawerProps = {
  shiftId: string;
  currency: Currency;
  receivers: readonly { id: string; name: string }[];
};

/** The count of one's own drawer for the colleague who is to take it over. */
export function GiveDrawer({ shiftId, currency, receivers }: GiveDrawerProps) {
  return (
    <ActionForm
      action={giveDrawerAction}
      schema={giveSchema}
      label="Hand over"
      draft={{ form: 'shift-count', of: shiftId }}
    >
      <FormSelect
        name="toId"
        label="Who takes over"
        placeholder="Choose"
        options={receivers.map(({ id, name }) => ({ value: id, label: name }))}
        required
      />
      <DrawerCount currency={currency} submit="Hand over" pending="Handing over" />
    </ActionForm>
  );
}

/** The second count, of the person who takes over: without what the first one came to. */
export function TakeDrawer({ offer, currency }: { offer: HandoverOffer; currency: Currency }) {
  return (
    <div className="grid gap-5">
      <ActionForm
        action={acceptHandoverAction}
        schema={acceptSchema}
        label="Take over"
        draft={{ form: 'shift-count', of: offer.id }}
      >
        <input type="hidden" name="handoverId" value={offer.id} readOnly />
        {offer.slips.length > 0 ? <Slips offer={offer} currency={currency} /> : null}
        <DrawerCount currency={currency} submit="Take over" pending="Taking over" />
      </ActionForm>
      <div className="border-border border-t pt-4">
        <ConfirmAction
          trigger={<Button>Refuse it</Button>}
          title={`Refuse the drawer of ${offer.fromName}?`}
          description={`${offer.fromName} goes on with it, and sees your reason. Nothing moves.`}
          confirm="Refuse it"
          action={refuseHandoverAction}
          fields={{ handoverId: offer.id }}
        >
          <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
        </ConfirmAction>
      </div>
    </div>
  );
}

function Slips({ offer, currency }: { offer: HandoverOffer; currency: Currency }) {
  const { id, keptList } = useField('slip', 'Slips and cheques');
  return (
    <fieldset id={id} className="grid gap-2">
      <legend className="mb-1 font-medium">Card slips and cheques that are there</legend>
      {offer.slips.map((slip, index) => (
        <Checkbox
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is as it was offered, and never changes
          key={index}
          name="slip[]"
          value={String(index)}
          defaultChecked={keptList?.includes(String(index)) ?? false}
          label={`${METHODS[slip.method]} ${slip.reference}, ${formatAmount(slip.amountMinor, currency)}`}
          help={`Receipt ${slip.number}`}
        />
      ))}
    </fieldset>
  );
}
