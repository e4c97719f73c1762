'use client';
import { FormDialog } from '@/components/forms/form-dialog';
import { FormField, FormSwitch } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
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
      />
    </div>
  );
}

/** Adds who the pharmacy buys from. */
export const AddSupplier = ({ isIndia }: { isIndia: boolean }) => (
  <FormDialog
    trigger={
      <Button variant="primary">
        <Icon of="plus" /> Add supplier
      </Button>
    }
    title="New supplier"
    submit="Add supplier"
    action={addSupplierAction}
    schema={addSchema}
    draft={{ form: 'supplier' }}
  >
    <Fields isIndia={isIndia} />
  </FormDialog>
);

/** Changes one. */
export const EditSupplier = ({ supplier, isIndia }: { supplier: Supplier; isIndia: boolean }) => (
  <FormDialog
    trigger={
      <Button size="sm" aria-label={`Change ${supplier.name}`}>
        Change
      </Button>
    }
    title={supplier.name}
    submit="Save changes"
    action={updateSupplierAction}
    schema={updateSchema}
    draft={{ form: 'supplier', of: supplier.id, version: supplier.version }}
    fields={{ supplierId: supplier.id }}
  >
    <Fields supplier={supplier} isIndia={isIndia} />
    <FormSwitch name="isActive" label="We buy from them" defaultChecked={supplier.isActive} />
  </FormDialog>
);
