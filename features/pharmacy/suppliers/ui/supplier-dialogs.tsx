'use client';
import { type ReactNode, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSwitch } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Plus } from '@/components/ui/icons';
import { addSupplierAction, updateSupplierAction } from '../actions';
import type { Supplier } from '../dto';

const addSchema = async () => (await import('../schema')).addSupplierInput;
const updateSchema = async () => (await import('../schema')).updateSupplierInput;

function Fields({ supplier, isIndia }: { supplier?: Supplier; isIndia: boolean }) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <FormField
        name="name"
        label="Name"
        fieldClassName="sm:col-span-2"
        defaultValue={supplier?.name ?? ''}
        autoComplete="off"
        required
        maxLength={120}
      />
      <FormField
        name="taxNumber"
        label={isIndia ? 'GSTIN' : 'Tax number'}
        help={isIndia ? '15 characters, as on the invoice' : 'As on the invoice'}
        defaultValue={supplier?.taxNumber ?? ''}
        autoComplete="off"
        maxLength={20}
      />
      <FormField
        name="licence"
        label="Drug licence"
        defaultValue={supplier?.licence ?? ''}
        autoComplete="off"
        maxLength={80}
      />
      <FormField
        name="phone"
        label="Phone"
        type="tel"
        defaultValue={supplier?.phone ?? ''}
        autoComplete="off"
        maxLength={40}
      />
      <FormField
        name="email"
        label="E-mail"
        type="email"
        help="Where orders are mailed to"
        defaultValue={supplier?.email ?? ''}
        autoComplete="off"
        maxLength={254}
      />
      <FormField
        name="creditDays"
        label="Days of credit"
        help="Until an invoice is due; 0 for cash"
        defaultValue={supplier?.creditDays ?? 30}
        inputMode="numeric"
        autoComplete="off"
        required
        maxLength={3}
      />
    </div>
  );
}

function Frame({
  trigger,
  title,
  children,
}: {
  trigger: ReactNode;
  title: string;
  children: (close: () => void) => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={title}>{children(() => setOpen(false))}</DialogContent>
    </Dialog>
  );
}

function Buttons({ close, submit }: { close: () => void; submit: string }) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={close}>Cancel</Button>
      <SubmitButton pendingLabel="Saving">{submit}</SubmitButton>
    </div>
  );
}

/** Adds who the pharmacy buys from. */
export function AddSupplier({ isIndia }: { isIndia: boolean }) {
  return (
    <Frame
      title="New supplier"
      trigger={
        <Button variant="primary">
          <Plus aria-hidden="true" /> Add supplier
        </Button>
      }
    >
      {(close) => (
        <ActionForm
          action={addSupplierAction}
          schema={addSchema}
          label="New supplier"
          draft={{ form: 'supplier' }}
          onSuccess={close}
        >
          <Fields isIndia={isIndia} />
          <Buttons close={close} submit="Add supplier" />
        </ActionForm>
      )}
    </Frame>
  );
}

/** Changes one. */
export function EditSupplier({ supplier, isIndia }: { supplier: Supplier; isIndia: boolean }) {
  return (
    <Frame
      title={supplier.name}
      trigger={
        <Button size="sm" aria-label={`Change ${supplier.name}`}>
          Change
        </Button>
      }
    >
      {(close) => (
        <ActionForm
          action={updateSupplierAction}
          schema={updateSchema}
          label={supplier.name}
          draft={{ form: 'supplier', of: supplier.id, version: supplier.version }}
          onSuccess={close}
        >
          <input type="hidden" name="supplierId" value={supplier.id} />
          <Fields supplier={supplier} isIndia={isIndia} />
          <FormSwitch name="isActive" label="We buy from them" defaultChecked={supplier.isActive} />
          <Buttons close={close} submit="Save changes" />
        </ActionForm>
      )}
    </Frame>
  );
}
