'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword } from '@/components/forms/current-password';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { RecoveryCodes } from '@/features/identity/second-factor/ui/second-factor-forms';
import { addPasskeyAction, beginPasskeyAction, removePasskeyAction, renamePasskeyAction } from '../actions';

/** A hospital's people and the company's pass different gates to the same services. */
type PasskeyActions = {
  begin: typeof beginPasskeyAction;
  add: typeof addPasskeyAction;
  rename: typeof renamePasskeyAction;
  remove: typeof removePasskeyAction;
};
const STAFF: PasskeyActions = {
  begin: beginPasskeyAction,
  add: addPasskeyAction,
  rename: renamePasskeyAction,
  remove: removePasskeyAction,
};

export type PasskeyRow = { id: string; name: string; added: string };
type Options = Parameters<typeof import('@simplewebauthn/browser')['startRegistration']>[0]['optionsJSON'];

/** A passkey belongs to a name: browsers make none for an address of numbers, as a demo may have. */
function whyNone({ hostname, origin }: Pick<Location, 'hostname' | 'origin'>): string {
  if (hostname === '127.0.0.1')
    return `No passkey was made: it needs a name. Open ${origin.replace(hostname, 'localhost')} and sign in there.`;
  return /^[\d.]+$|:/.test(hostname)
    ? 'No passkey was made: it needs a name, and this page was opened at an address of numbers.'
    : 'No passkey was made. Try again, or use another device.';
}

/** The person's passkeys, and a way to add this device. */
export function Passkeys({
  passkeys,
  actions = STAFF,
}: {
  passkeys: readonly PasskeyRow[];
  actions?: PasskeyActions;
}) {
  const [made, setMade] = useState<{ response: string; state: string } | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;

  async function make({ options, state }: { options: Options; state: string }) {
    try {
      const { startRegistration } = await import('@simplewebauthn/browser');
      setMade({ response: JSON.stringify(await startRegistration({ optionsJSON: options })), state });
    } catch {
      toast.error(whyNone(window.location));
    }
  }

  return (
    <div className="grid gap-4">
      {passkeys.length > 0 ? (
        <ul className="divide-y divide-border">
          {passkeys.map(({ id, name, added }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0">
              <div className="min-w-0">
                <p className="truncate font-medium">{name}</p>
                <p className="text-[13px] text-text-muted">Added {added}</p>
              </div>
              <div className="flex gap-2">
                <ConfirmAction
                  trigger={
                    <Button size="sm" aria-label={`Rename ${name}`}>
                      Rename
                    </Button>
                  }
                  title="Rename the passkey"
                  confirm="Save name"
                  tone="primary"
                  action={actions.rename}
                  fields={{ passkeyId: id }}
                >
                  <FormField name="name" label="Name" defaultValue={name} required />
                </ConfirmAction>
                <ConfirmAction
                  trigger={
                    <Button size="sm" aria-label={`Remove ${name}`}>
                      Remove
                    </Button>
                  }
                  title={`Remove ${name}`}
                  description="You can no longer sign in with it."
                  confirm="Remove"
                  action={actions.remove}
                  fields={{ passkeyId: id }}
                >
                  <CurrentPassword />
                </ConfirmAction>
              </div>
            </li>
          ))}
        </ul>
      ) : null}
      {made ? (
        <ActionForm
          // A form of its own: without the key it would go on with the answer of the one before it.
          key="name"
          action={actions.add}
          warnOnLeave={false}
          onSuccess={({ recoveryCodes }) => {
            setMade(null);
            setCodes(recoveryCodes);
          }}
        >
          <input type="hidden" name="response" value={made.response} />
          <input type="hidden" name="state" value={made.state} />
          <FormField
            name="name"
            label="Name of the passkey"
            help="So that you know it again, for example: phone, reception computer."
            required
          />
          <FormActions className="justify-end">
            <SubmitButton>Save passkey</SubmitButton>
          </FormActions>
        </ActionForm>
      ) : (
        <ActionForm
          key="begin"
          action={actions.begin}
          warnOnLeave={false}
          resetOnSuccess
          onSuccess={make}
          label="Add a passkey"
        >
          <CurrentPassword />
          <FormActions className="justify-end">
            <SubmitButton>Add a passkey</SubmitButton>
          </FormActions>
        </ActionForm>
      )}
    </div>
  );
}
