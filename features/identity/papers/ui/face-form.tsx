'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormField } from '@/components/forms/form-field';
import type { FaceForm as FaceFields } from '@/features/identity/face/dto';
import { saveFaceAction } from '../actions';

const schema = async () => (await import('@/features/identity/face/schema')).saveFaceInput;

/** The address of the hospital's own sign-in page, and what its mails come from. */
export function FaceForm({
  face,
  version,
  proposal,
  origin,
  organizationName,
}: {
  face: FaceFields;
  version: string;
  /** An address to begin with, of the hospital's name. */
  proposal: string;
  origin: string;
  organizationName: string;
}) {
  return (
    <ActionForm
      action={saveFaceAction}
      schema={schema}
      label="Sign-in page and mails"
      draft={{ form: 'face', version }}
    >
      <FormField
        name="slug"
        label="Address of the page"
        help={`${origin}/h/ and then this. An address that was given out and is changed leads nowhere.`}
        placeholder={proposal}
        defaultValue={face.slug}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={60}
      />
      <FormCheckbox
        name="isOpen"
        label="Show the page"
        help="To everybody who knows the address: logo, names, address, opening hours and registration of the letterhead. Nothing else."
        defaultChecked={face.isOpen}
      />
      <FormField
        name="fromName"
        label="Mails come from"
        help="To patients and staff. The address stays ours, so that mailboxes trust it."
        placeholder={organizationName}
        defaultValue={face.fromName}
        maxLength={80}
      />
      <FormField
        name="replyTo"
        label="Answers go to"
        type="email"
        placeholder="care@hospital.com"
        defaultValue={face.replyTo}
        maxLength={254}
        autoComplete="off"
      />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
