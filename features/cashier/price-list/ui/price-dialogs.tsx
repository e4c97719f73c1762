'use client';
import { type ReactNode, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { type Currency, decimalOf } from '@/lib/currency';
import { addServiceAction, endPriceAction, setPriceAction, updateServiceAction } from '../actions';
import { EVERYBODY, priceKey } from '../policy';
import type { PricedService } from '../queries';
import { PriceFields, ServiceFields, type TaxOption } from './service-fields';

const addSchema = async () => (await import('../schema')).addServiceInput;
const priceSchema = async () => (await import('../schema')).setPriceInput;

function Closing({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onClose}>Cancel</Button>
      <SubmitButton pendingLabel="Saving">{children}</SubmitButton>
    </div>
  );
}

/** Puts a service on the list. */
export function AddService({ taxes, currency }: { taxes: readonly TaxOption[]; currency: Currency }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Icon of="plus" /> Add service
        </Button>
      </DialogTrigger>
      <DialogContent title="Add service" description="Its price counts from today on.">
        <ActionForm action={addServiceAction} schema={addSchema} onSuccess={() => setOpen(false)}>
          <ServiceFields taxes={taxes} />
          <PriceFields symbol={currency.code} />
          <Closing onClose={() => setOpen(false)}>Add service</Closing>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** Changes what a service is called; its price has a dialog of its own. */
export function EditService({ service, taxes }: { service: PricedService; taxes: readonly TaxOption[] }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="ghost" aria-label={`Edit ${service.name}`}>
          Edit
        </Button>
      </DialogTrigger>
      <DialogContent title={`Edit ${service.name}`} description="Bills that were issued stay as they are.">
        <ActionForm
          action={updateServiceAction}
          onSuccess={() => setOpen(false)}
          version={service.version}
          label="Service"
        >
          <input type="hidden" name="serviceId" value={service.id} />
          <ServiceFields service={service} taxes={taxes} />
          <Closing onClose={() => setOpen(false)}>Save changes</Closing>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** Whose own prices are shown: a payer's, a branch's, or a payer's at a branch. */
export type PriceOwner = { payerId?: string; branchId?: string; name: string };

const fieldsOf = ({ payerId, branchId }: Omit<PriceOwner, 'name'>): Record<string, string> => ({
  ...(payerId ? { payerId } : {}),
  ...(branchId ? { branchId } : {}),
});

/** A price from a day on. What counted before ends the day before. */
export function SetPrice({
  service,
  currency,
  today,
  owner,
}: {
  service: PricedService;
  currency: Currency;
  today: string;
  owner: PriceOwner | null;
}) {
  const [open, setOpen] = useState(false);
  const known = service.price ?? service.next;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button
          size="sm"
          variant={service.price ? 'secondary' : 'primary'}
          aria-label={`Set price of ${service.name}`}
        >
          {service.price ? 'Change price' : 'Set price'}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={owner ? `Price of ${service.name} for ${owner.name}` : `Price of ${service.name}`}
        description="The price before it stays in the history, and bills that were issued keep it."
      >
        <ActionForm action={setPriceAction} schema={priceSchema} onSuccess={() => setOpen(false)}>
          <input type="hidden" name="serviceId" value={service.id} />
          {Object.entries(fieldsOf(owner ?? {})).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <PriceFields
            symbol={currency.code}
            {...(known
              ? {
                  price: {
                    amount: decimalOf(known.amountMinor, currency.code),
                    isInclusive: known.isInclusive,
                  },
                }
              : {})}
          />
          <FormField name="from" label="From" type="date" defaultValue={today} min={today} required />
          <Closing onClose={() => setOpen(false)}>Save price</Closing>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** Whether a price is this owner's and nobody else's. */
export const isOwn = (price: { payer: string } | null, { payerId, branchId }: PriceOwner): boolean =>
  price?.payer === priceKey(payerId ?? EVERYBODY, branchId);

/** A payer pays what everybody pays from a day on, or a branch asks what all ask. */
export function EndPrice({
  service,
  today,
  owner,
}: {
  service: PricedService;
  today: string;
  owner: PriceOwner;
}) {
  const counts = isOwn(service.price, owner);
  return (
    <ConfirmAction
      trigger={
        <Button size="sm" variant="ghost" aria-label={`End the price of ${service.name} for ${owner.name}`}>
          End
        </Button>
      }
      title={`End the price of ${service.name} for ${owner.name}?`}
      description={
        counts
          ? 'From that day on the wider price counts. Bills that were issued stay as they are.'
          : 'It has not begun. Ended by then it never counts, and the wider price stays.'
      }
      confirm="End price"
      action={endPriceAction}
      fields={{ serviceId: service.id, ...fieldsOf(owner) }}
    >
      <FormField
        name="from"
        label="From"
        type="date"
        defaultValue={counts ? today : (service.next?.from ?? today)}
        min={today}
        // A price that begins before it is ended has counted until then.
        {...(!counts && service.next ? { max: service.next.from } : {})}
        required
      />
    </ConfirmAction>
  );
}
