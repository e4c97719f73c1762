'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword } from '@/components/forms/current-password';
import { FormField, FormRadioGroup } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import Link from '@/components/ui/link';
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
    <div className="grid gap-4">
      <SetPin isSet={isSet} />
      {isSet ? <RemovePin /> : null}
    </div>
  );
}

function SetPin({ isSet }: { isSet: boolean }) {
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
      <CurrentPassword />
      <FormActions className="justify-end">
        <SubmitButton>Save PIN</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function RemovePin() {
  return (
    <ConfirmAction
      trigger={<Button className="justify-self-end">Remove PIN</Button>}
      title="Remove the PIN"
      description="At a shared computer you come back with your password."
      confirm="Remove"
      action={removePinAction}
      fields={{}}
    >
      <CurrentPassword />
    </ConfirmAction>
  );
}

/** The PIN of one person, who is known: to come back to a page that stands behind. */
export function PinAgainForm({ person, onDone }: { person: string; onDone: () => void }) {
  return (
    <ActionForm action={comeBackAction} warnOnLeave={false} onSuccess={onDone} label="Come back">
      <input type="hidden" name="person" value={person} />
      <FormField name="pin" label="PIN" {...digits} autoFocus />
      <SubmitButton size="lg" className="w-full">
        Continue
      </SubmitButton>
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
