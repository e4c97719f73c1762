'use client';
import Link from 'next/link';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormRadioGroup } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { PIN_LENGTH } from '@/lib/auth/limits';
import { paths } from '@/lib/paths';
import { comeBackAction, removePinAction, setPinAction } from '../actions';
import type { WaitingPerson } from '../queries';

const digits = {
  type: 'password',
  inputMode: 'numeric',
  autoComplete: 'off',
  maxLength: PIN_LENGTH,
  required: true,
} as const;

export function PinForm({ isSet }: { isSet: boolean }) {
  return (
    <ActionForm action={setPinAction} resetOnSuccess warnOnLeave={false} label="PIN">
      {isSet ? (
        <p className="flex items-center gap-2">
          <Badge tone="success">Set</Badge> You have a PIN. Choose a new one, or remove it.
        </p>
      ) : null}
      <FormField
        name="pin"
        label={isSet ? 'New PIN' : 'PIN'}
        help={`${PIN_LENGTH} digits, not a row such as 123456.`}
        {...digits}
      />
      <FormField
        name="currentPassword"
        label="Current password"
        type="password"
        autoComplete="current-password"
        required
      />
      <FormActions className="justify-end">
        {isSet ? <ActionButton action={removePinAction}>Remove PIN</ActionButton> : null}
        <SubmitButton>Save PIN</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** Who is here, then six digits. */
export function ComeBackForm({ people, next }: { people: readonly WaitingPerson[]; next: string | null }) {
  const isOneOrganization = new Set(people.map(({ organization }) => organization)).size === 1;
  return (
    <ActionForm
      action={comeBackAction}
      warnOnLeave={false}
      onSuccess={(result) => window.location.assign(result.url)}
    >
      <FormRadioGroup
        name="person"
        label="Who are you?"
        defaultValue={people[0]?.person ?? ''}
        options={people.map(({ person, name, organization }) => ({
          value: person,
          label: name,
          ...(isOneOrganization ? {} : { description: organization }),
        }))}
        required
      />
      <FormField name="pin" label="PIN" {...digits} autoFocus />
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <SubmitButton size="lg" className="w-full">
        Continue
      </SubmitButton>
      <p className="text-center text-[13px] text-text-muted">
        <Link href={paths.login} className="hover:text-text hover:underline">
          Somebody else, or no PIN: sign in with e-mail and password
        </Link>
      </p>
    </ActionForm>
  );
}
