'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { PASSWORD_MIN_LENGTH } from '@/lib/auth/limits';
import {
  changeEmailAction,
  changePasswordAction,
  renameAction,
  resendVerificationAction,
  revokeOtherSessionsAction,
  revokeSessionAction,
} from '../actions';
import type { Session } from '../dto';

export function NameForm({ name, action = renameAction }: { name: string; action?: typeof renameAction }) {
  return (
    <ActionForm action={action}>
      <FormField name="name" label="Your name" defaultValue={name} autoComplete="name" required />
      <FormActions className="justify-end">
        <SubmitButton>Save name</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** The address changes when the link in the mail to the new one is opened. */
export function EmailForm({ action = changeEmailAction }: { action?: typeof changeEmailAction }) {
  return (
    <ActionForm action={action} resetOnSuccess warnOnLeave={false} label="Change the e-mail address">
      <FormField
        name="newEmail"
        label="New e-mail"
        type="email"
        inputMode="email"
        autoComplete="off"
        help="We send a link to it. Your old address is told, with a way to take it back."
        required
      />
      <FormField
        name="currentPassword"
        label="Current password"
        type="password"
        autoComplete="current-password"
        required
      />
      <FormActions className="justify-end">
        <SubmitButton>Change e-mail</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

export function PasswordForm({
  email,
  action = changePasswordAction,
}: {
  email: string;
  action?: typeof changePasswordAction;
}) {
  return (
    <ActionForm action={action} resetOnSuccess warnOnLeave={false}>
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} hidden readOnly />
      <FormField
        name="currentPassword"
        label="Current password"
        type="password"
        autoComplete="current-password"
        required
      />
      <FormField
        name="newPassword"
        label="New password"
        type="password"
        autoComplete="new-password"
        help={`At least ${PASSWORD_MIN_LENGTH} characters. A few words in a row are easy to remember.`}
        required
      />
      <FormActions className="justify-end">
        <SubmitButton>Change password</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** Until the address is confirmed. */
export function ConfirmAddress({ email }: { email: string }) {
  return (
    <Alert tone="warning" title="Please confirm your e-mail address">
      <p className="mb-3">
        We sent a link to {email}. Until you open it you cannot add a second factor or a PIN, nor get back in
        when you forget your password.
      </p>
      <ActionButton action={resendVerificationAction} size="sm">
        Send the link again
      </ActionButton>
    </Alert>
  );
}

/** `started` in words. */
export type SessionRow = Session & { started: string };

export function SessionList({
  sessions,
  revoke = revokeSessionAction,
  revokeOthers = revokeOtherSessionsAction,
}: {
  sessions: readonly SessionRow[];
  revoke?: typeof revokeSessionAction;
  revokeOthers?: typeof revokeOtherSessionsAction;
}) {
  return (
    <div className="grid gap-4">
      <ul className="divide-y divide-border">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0">
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {session.device}
                {session.isCurrent ? <Badge tone="success">This session</Badge> : null}
              </p>
              <p className="text-[13px] text-text-muted">
                Since {session.started}
                {session.ip && session.ip !== 'unknown' ? ` from ${session.ip}` : ''}
              </p>
            </div>
            {session.isCurrent ? null : (
              <ActionButton
                action={revoke}
                fields={{ sessionId: session.id }}
                size="sm"
                aria-label={`End session: ${session.device}`}
              >
                End session
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 ? (
        <div className="flex justify-end">
          <ActionButton action={revokeOthers}>End all other sessions</ActionButton>
        </div>
      ) : (
        <p className="text-[13px] text-text-muted">You are not signed in anywhere else.</p>
      )}
    </div>
  );
}
