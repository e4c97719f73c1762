'use client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { joinAsKnownAction, joinAsNewAction } from '@/features/identity/staff/actions';
import { PASSWORD_MIN_LENGTH } from '@/lib/auth/limits';
import { paths } from '@/lib/paths';
import {
  confirmEmailChangeAction,
  requestPasswordResetAction,
  requestVerificationAction,
  resetPasswordAction,
  takeOrganizationOnAction,
  undoEmailChangeAction,
  unlockAccountAction,
  verifyEmailAction,
} from '../actions';

const PASSWORD_HELP = `At least ${PASSWORD_MIN_LENGTH} characters. A few words in a row are easy to remember.`;

/** What replaces a form once it is done; takes the focus, so that it is read out. */
function Done({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="status"
      className="grid justify-items-center gap-2 rounded-md text-center"
    >
      <h2 className="text-base font-semibold">{title}</h2>
      <div className="text-text-muted">{children}</div>
      {action ? <div className="mt-3 w-full">{action}</div> : null}
    </div>
  );
}

const GoToSignIn = () => (
  <Button asChild variant="primary" size="lg" className="w-full">
    <Link href={paths.login}>Go to sign in</Link>
  </Button>
);

export function ForgotPasswordForm() {
  const [isSent, setSent] = useState(false);
  if (isSent) {
    return (
      <Done title="Look into your mailbox" action={<GoToSignIn />}>
        If there is an account with that address, a link to choose a new password is on its way. It works for
        one hour.
      </Done>
    );
  }
  return (
    <ActionForm action={requestPasswordResetAction} onSuccess={() => setSent(true)}>
      <FormField name="email" label="Email" type="email" inputMode="email" autoComplete="username" required />
      <SubmitButton size="lg" className="w-full">
        Send the link
      </SubmitButton>
    </ActionForm>
  );
}

/** Which second factors open the account after the new password, and which go with the old one. */
export function FactorsAfterReset({
  factors,
}: {
  factors: { name: string; addedOn: string; goes: boolean }[];
}) {
  if (factors.length === 0) return null;
  return (
    <div className="mb-4 grid gap-1 text-[13px]">
      <p className="font-medium">Second factors of your account</p>
      <ul className="grid gap-1 text-text-muted">
        {factors.map(({ name, addedOn, goes }) => (
          <li key={`${name} ${addedOn}`}>
            {name}, added on {addedOn.slice(0, 10)}:{' '}
            {goes ? 'removed with the old password, because it is new' : 'stays'}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function ResetPasswordForm({ token }: { token: string }) {
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <Done title="Your password is changed" action={<GoToSignIn />}>
        All your sessions have been ended. Sign in with the new password.
      </Done>
    );
  }
  return (
    <ActionForm action={resetPasswordAction} onSuccess={() => setDone(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      <FormField
        name="newPassword"
        label="New password"
        type="password"
        autoComplete="new-password"
        help={PASSWORD_HELP}
        required
      />
      <SubmitButton size="lg" className="w-full">
        Change password
      </SubmitButton>
    </ActionForm>
  );
}

/** A button rather than the mere visit: mail filters open links too. */
export function VerifyEmailForm({ token, needsPassword }: { token: string; needsPassword: boolean }) {
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <Done title="Your address is confirmed" action={<GoToSignIn />}>
        Thank you. You can close this page or go on to your workspace.
      </Done>
    );
  }
  return (
    <ActionForm action={verifyEmailAction} onSuccess={() => setDone(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      {needsPassword ? (
        <FormField
          name="newPassword"
          label="Password"
          type="password"
          autoComplete="new-password"
          help={`Type the password you signed up with, or choose a new one. ${PASSWORD_HELP}`}
          required
        />
      ) : null}
      <SubmitButton size="lg" className="w-full">
        Confirm e-mail address
      </SubmitButton>
    </ActionForm>
  );
}

export function TakeOrganizationOnForm({
  token,
  organizationName,
}: {
  token: string;
  organizationName: string;
}) {
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <Done title={`${organizationName} is yours`} action={<GoToSignIn />}>
        Sign in with the password that you had before. If its payment is not finished, you can go on with it
        there.
      </Done>
    );
  }
  return (
    <ActionForm action={takeOrganizationOnAction} onSuccess={() => setDone(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" className="w-full">
        Take it on
      </SubmitButton>
    </ActionForm>
  );
}

export function ConfirmEmailForm({ token, needsPassword }: { token: string; needsPassword: boolean }) {
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <Done title="Your new address counts" action={<GoToSignIn />}>
        From now on you sign in with it. We have told your old address, too.
      </Done>
    );
  }
  return (
    <ActionForm action={confirmEmailChangeAction} onSuccess={() => setDone(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      {needsPassword ? (
        <FormField
          name="currentPassword"
          label="Current password"
          type="password"
          autoComplete="current-password"
          help="The password of the account that is to get this address."
          required
        />
      ) : null}
      <SubmitButton size="lg" className="w-full">
        Use this address
      </SubmitButton>
    </ActionForm>
  );
}

export function UndoEmailForm({ token }: { token: string }) {
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <Done title="Your old address counts again" action={<GoToSignIn />}>
        Every session has been ended. We have mailed you a link to choose a new password: use it now, because
        somebody seems to know yours.
      </Done>
    );
  }
  return (
    <ActionForm action={undoEmailChangeAction} onSuccess={() => setDone(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" className="w-full">
        Take the change back
      </SubmitButton>
    </ActionForm>
  );
}

export function UnlockForm({ token }: { token: string }) {
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <Done title="Your account is open again" action={<GoToSignIn />}>
        Sign in with your password, or choose a new one if you have forgotten it.
      </Done>
    );
  }
  return (
    <ActionForm action={unlockAccountAction} onSuccess={() => setDone(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" className="w-full">
        Unlock my account
      </SubmitButton>
    </ActionForm>
  );
}

export function RequestVerificationForm() {
  const [isSent, setSent] = useState(false);
  if (isSent) {
    return (
      <Done title="Look into your mailbox">
        If there is an account with that address that is not confirmed yet, a new link is on its way.
      </Done>
    );
  }
  return (
    <ActionForm action={requestVerificationAction} onSuccess={() => setSent(true)} warnOnLeave={false}>
      <FormField name="email" label="Email" type="email" inputMode="email" autoComplete="username" required />
      <SubmitButton size="lg" className="w-full">
        Send a new link
      </SubmitButton>
    </ActionForm>
  );
}

type Offer = { token: string; name: string; email: string; hasAccount: boolean };

/** Somebody new chooses a name and a password; somebody known joins with the password they have. */
export function JoinForm({ token, name, email, hasAccount }: Offer) {
  const [joined, setJoined] = useState<string | null>(null);
  if (joined) {
    return (
      <Done title={`Welcome to ${joined}`} action={<GoToSignIn />}>
        You can sign in now with {email} and your password.
      </Done>
    );
  }
  return (
    <ActionForm
      action={hasAccount ? joinAsKnownAction : joinAsNewAction}
      onSuccess={({ organizationName }) => setJoined(organizationName)}
      warnOnLeave={false}
    >
      <input type="hidden" name="token" value={token} />
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} hidden readOnly />
      {hasAccount ? null : (
        <FormField name="name" label="Your name" defaultValue={name} autoComplete="name" required />
      )}
      <FormField
        name="password"
        label="Password"
        type="password"
        autoComplete={hasAccount ? 'current-password' : 'new-password'}
        help={hasAccount ? 'The password of the account you already have.' : PASSWORD_HELP}
        required
      />
      <SubmitButton size="lg" className="w-full">
        {hasAccount ? 'Join' : 'Create account and join'}
      </SubmitButton>
      {hasAccount ? (
        <p className="text-center text-[13px]">
          <Link
            href={paths.forgotPassword}
            className="text-text-muted underline underline-offset-2 hover:text-text"
          >
            Forgot your password?
          </Link>
        </p>
      ) : null}
    </ActionForm>
  );
}
