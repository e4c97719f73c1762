'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { deleteAddresseeAction, saveAddresseeAction } from '../actions';
import type { Addressee } from '../dto';

const schema = async () => (await import('../schema')).saveAddresseeInput;

/** Somebody to add to the address book, or an entry to change. */
export function AddresseeForm({ addressee }: { addressee?: Addressee }) {
  const [key, setKey] = useState(0);
  return (
    <ActionForm
      key={key}
      action={saveAddresseeAction}
      schema={schema}
      label={addressee ? `Addressee ${addressee.name}` : 'New addressee'}
      draft={{ form: 'addressee', ...(addressee ? { of: addressee.id, version: addressee.version } : {}) }}
      {...(addressee ? {} : { onSuccess: () => setKey(key + 1) })}
    >
      {addressee ? <input type="hidden" name="addresseeId" value={addressee.id} /> : null}
      <FormField
        name="name"
        label="Name"
        placeholder="Dr Asha Rao"
        defaultValue={addressee?.name ?? ''}
        required
        maxLength={120}
        autoComplete="off"
      />
      <AddresseeFields {...(addressee ?? {})} />
      <FormActions>
        <SubmitButton pendingLabel="Saving">{addressee ? 'Save' : 'Add to the address book'}</SubmitButton>
        {addressee ? (
          <ConfirmAction
            trigger={<Button>Delete</Button>}
            title={`Delete ${addressee.name}?`}
            description="Letters that were written stay as they are."
            confirm="Delete"
            action={deleteAddresseeAction}
            fields={{ addresseeId: addressee.id }}
          />
        ) : null}
      </FormActions>
    </ActionForm>
  );
}

/** What is known of an addressee beside the name; a letter asks for the same. */
export function AddresseeFields(known: {
  speciality?: string;
  place?: string;
  phone?: string;
  email?: string;
}) {
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-3">
        <FormField
          name="speciality"
          label="Speciality"
          defaultValue={known.speciality ?? ''}
          maxLength={80}
          autoComplete="off"
        />
        <FormField
          name="phone"
          label="Phone"
          type="tel"
          defaultValue={known.phone ?? ''}
          maxLength={40}
          autoComplete="off"
        />
        <FormField
          name="email"
          label="E-mail"
          type="email"
          defaultValue={known.email ?? ''}
          maxLength={254}
          autoComplete="off"
        />
      </div>
      <FormTextarea
        name="place"
        label="Hospital and place"
        rows={2}
        defaultValue={known.place ?? ''}
        maxLength={200}
      />
    </>
  );
}
