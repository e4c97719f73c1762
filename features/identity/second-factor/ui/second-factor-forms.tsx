'use client';
import Image from 'next/image';
import { type ReactNode, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword } from '@/components/forms/current-password';
import { FormField } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import type { FormAction } from '@/lib/action-result';
import { beginTotpAction, confirmTotpAction, removeTotpAction, renewRecoveryCodesAction } from '../actions';

/** Shown once: afterwards only their hashes exist. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  return (
    <div className="grid gap-4">
      <Alert tone="warning" live title="Keep these recovery codes now">
        Each lets you in once when you do not have your second factor. They are not shown again; print them or
        put them into your password manager.
      </Alert>
      <ul className="grid gap-x-6 gap-y-1 font-mono text-sm sm:grid-cols-2" aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <FormActions className="justify-end">
        <CopyButton text={codes.join('\n')} label="Copy the codes" />
        <Button onClick={onDone} variant="primary">
          I have kept them
        </Button>
      </FormActions>
    </div>
  );
}

type ConfirmedTotp = { recoveryCodes: string[] | null };
/** A hospital's people and the company's pass different gates to the same services. */
type TotpActions = {
  begin: typeof beginTotpAction;
  confirm: typeof confirmTotpAction;
  remove: typeof removeTotpAction;
};
const STAFF: TotpActions = { begin: beginTotpAction, confirm: confirmTotpAction, remove: removeTotpAction };

/** From the password over the QR code to the first code. */
export function AuthenticatorApp({
  hasTotp,
  actions = STAFF,
  onlyFactor = 'If it is your only second factor, your password alone will then open your account.',
}: {
  hasTotp: boolean;
  actions?: TotpActions;
  /** What removing the app means for somebody who has no other factor. */
  onlyFactor?: string;
}) {
  const [setUp, setSetUp] = useState<{ secret: string; qrCode: string } | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  // Taken from the answer and not by the form: the page that comes with it no longer has the form.
  const confirm: FormAction<ConfirmedTotp> = async (previous, form) => {
    const result = await actions.confirm(previous, form);
    if (result.status === 'ok') {
      setSetUp(null);
      setCodes(result.data.recoveryCodes);
    }
    return result;
  };
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  if (hasTotp) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>You are asked for a code of your authenticator app when you sign in.</p>
        <ConfirmAction
          trigger={<Button size="sm">Remove the app</Button>}
          title="Remove the authenticator app"
          description={`Its codes will no longer be asked for. ${onlyFactor}`}
          confirm="Remove"
          action={actions.remove}
          fields={{}}
        >
          <CurrentPassword />
        </ConfirmAction>
      </div>
    );
  }
  if (!setUp) {
    return (
      <ActionForm key="begin" action={actions.begin} onSuccess={setSetUp} warnOnLeave={false}>
        <CurrentPassword />
        <FormActions className="justify-end">
          <SubmitButton>Set up an authenticator app</SubmitButton>
        </FormActions>
      </ActionForm>
    );
  }
  return (
    <ActionForm key="confirm" action={confirm} warnOnLeave={false}>
      <p>Scan this with your authenticator app, or type the key into it.</p>
      <Image
        src={setUp.qrCode}
        alt="QR code for your authenticator app"
        width={192}
        height={192}
        unoptimized
        className="rounded-md"
      />
      <p>
        Key: <code className="break-all">{setUp.secret}</code>
      </p>
      <FormField
        name="code"
        label="Code that the app shows"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
      />
      <FormActions className="justify-end">
        <Button onClick={() => setSetUp(null)}>Not now</Button>
        <SubmitButton>Switch it on</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

export function RecoveryCodeSection({
  left,
  renew = renewRecoveryCodesAction,
}: {
  left: number;
  renew?: typeof renewRecoveryCodesAction;
}) {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />;
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p>{left === 1 ? 'One code is left.' : `${left} codes are left.`}</p>
      <ConfirmAction
        trigger={<Button size="sm">Make new codes</Button>}
        title="Make new recovery codes"
        description="The codes you have now stop working."
        confirm="Make new codes"
        tone="primary"
        action={renew}
        fields={{}}
        onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
      >
        <CurrentPassword />
      </ConfirmAction>
    </div>
  );
}

/** Why the rest of the product waits. */
export function SetUpFirst({ children }: { children: ReactNode }) {
  return (
    <Alert tone="warning" title="Please set up a second factor first">
      {children}
    </Alert>
  );
}
