'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { PASSWORD_MIN_LENGTH } from '@/lib/auth/limits';
import { paths } from '@/lib/paths';
import { joinTeamAction } from '../actions';

/** From the mailed invitation to an account; the second factor is set up after the first sign-in. */
export function JoinTeamForm({ token, name, email }: { token: string; name: string; email: string }) {
  const [joined, setJoined] = useState(false);
  if (joined) {
    return (
      <div role="status" className="grid justify-items-center gap-3 text-center">
        <h2 className="font-semibold text-base">Welcome to the team</h2>
        <p className="text-text-muted">Sign in with {email}; then you set up your second factor.</p>
        <Button asChild variant="primary" size="lg" className="w-full">
          <a href={paths.platformLogin}>Go to sign in</a>
        </Button>
      </div>
    );
  }
  return (
    <ActionForm action={joinTeamAction} onSuccess={() => setJoined(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      {/* Tells a password manager whose password this is. */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} hidden readOnly />
      <FormField name="name" label="Your name" defaultValue={name} autoComplete="name" required />
      <FormField
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        help={`At least ${PASSWORD_MIN_LENGTH} characters. A few words in a row are easy to remember.`}
        required
      />
      <SubmitButton size="lg" className="w-full">
        Join the team
      </SubmitButton>
    </ActionForm>
  );
}
