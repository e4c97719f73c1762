'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { May } from '@/components/layout/may';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { addContactAction, removeContactAction, saveContactAction } from '../actions';
import type { CustomerContact } from '../queries';

/** Whom to call at a customer. */
export function ContactsCard({
  organizationId,
  contacts,
}: {
  organizationId: string;
  contacts: readonly CustomerContact[];
}) {
  return (
    <Section
      title="Contacts"
      actions={
        <May to="customer-notes:write">
          <ContactDialog organizationId={organizationId} contact={null} />
        </May>
      }
    >
      {contacts.length === 0 ? (
        <p className="text-[0.8125rem] text-text-muted">
          Nobody yet. Who decides, who pays, and whom to call when something is wrong belong here.
        </p>
      ) : (
        <ul className="grid gap-3">
          {contacts.map((contact) => (
            <li key={contact.id} className="flex flex-wrap items-start justify-between gap-2">
              <span className="min-w-0 text-[0.8125rem]">
                <span className="block font-medium text-text">{contact.name}</span>
                {contact.position ? <span className="block text-text-muted">{contact.position}</span> : null}
                {contact.email ? (
                  <a
                    href={`mailto:${contact.email}`}
                    className="wrap-anywhere block text-accent underline-offset-4 hover:underline"
                  >
                    {contact.email}
                  </a>
                ) : null}
                {contact.phone ? (
                  <a
                    href={`tel:${contact.phone.replace(/[^\d+]/g, '')}`}
                    className="block text-accent underline-offset-4 hover:underline"
                  >
                    {contact.phone}
                  </a>
                ) : null}
              </span>
              <May to="customer-notes:write">
                <span className="flex gap-2">
                  <ContactDialog organizationId={organizationId} contact={contact} />
                  <ConfirmAction
                    trigger={
                      <Button size="sm" aria-label={`Remove ${contact.name}`}>
                        Remove
                      </Button>
                    }
                    title={`Remove ${contact.name}?`}
                    description="The log keeps that there was such a contact."
                    confirm="Remove contact"
                    action={removeContactAction}
                    fields={{ organizationId, contactId: contact.id }}
                  />
                </span>
              </May>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function ContactDialog({
  organizationId,
  contact,
}: {
  organizationId: string;
  contact: CustomerContact | null;
}) {
  const [open, setOpen] = useState(false);
  const done = () => setOpen(false);
  const fields = (
    <>
      <input type="hidden" name="organizationId" value={organizationId} />
      {contact ? <input type="hidden" name="contactId" value={contact.id} /> : null}
      <FormField name="name" label="Name" defaultValue={contact?.name ?? ''} maxLength={120} required />
      <FormField name="position" label="Position" defaultValue={contact?.position ?? ''} maxLength={120} />
      <FormField
        name="email"
        label="E-mail"
        type="email"
        defaultValue={contact?.email ?? ''}
        maxLength={254}
      />
      <FormField name="phone" label="Phone" type="tel" defaultValue={contact?.phone ?? ''} maxLength={40} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={done}>Not now</Button>
        <SubmitButton>{contact ? 'Save contact' : 'Add contact'}</SubmitButton>
      </div>
    </>
  );
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" {...(contact ? { 'aria-label': `Edit ${contact.name}` } : {})}>
          {contact ? 'Edit' : 'Add contact'}
        </Button>
      </DialogTrigger>
      <DialogContent title={contact ? 'Edit contact' : 'Add a contact'}>
        {contact ? (
          <ActionForm action={saveContactAction} onSuccess={done} version={contact.version} label="Contact">
            {fields}
          </ActionForm>
        ) : (
          <ActionForm action={addContactAction} onSuccess={done} label="Contact">
            {fields}
          </ActionForm>
        )}
      </DialogContent>
    </Dialog>
  );
}
