'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { finishSignInAction } from '@/features/identity/second-factor/actions';
import { PasskeyButton } from './passkey-button';

export type Challenge = { token: string; methods: readonly string[] };

/** After the password: a code of the app, a passkey, or a recovery code. */
export function SecondStep({
  challenge,
  onBack,
  onDone,
}: {
  challenge: Challenge;
  onBack: () => void;
  onDone: (isPlatform: boolean) => void;
}) {
  const { token, methods } = challenge;
  const [way, setWay] = useState(methods.includes('totp') ? 'totp' : (methods[0] ?? 'recovery'));
  return (
    <div className="grid gap-5">
      {way === 'passkey' ? (
        <p className="text-text-muted">Confirm with your passkey that it is you.</p>
      ) : (
        <ActionForm
          key={way}
          action={finishSignInAction}
          warnOnLeave={false}
          onSuccess={({ isPlatform }) => onDone(isPlatform)}
        >
          <input type="hidden" name="challenge" value={token} />
          {way === 'totp' ? (
            <FormField
              name="code"
              label="Authentication code"
              help="Six digits, from your authenticator app."
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
              required
            />
          ) : (
            <FormField
              name="recoveryCode"
              label="Recovery code"
              help="Each of your codes works once."
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              required
            />
          )}
          <SubmitButton size="lg" className="w-full">
            Continue
          </SubmitButton>
        </ActionForm>
      )}
      {methods.includes('passkey') ? (
        <PasskeyButton challenge={token} isMain={way === 'passkey'} onDone={onDone} />
      ) : null}
      <div className="flex flex-wrap justify-between gap-2">
        {way !== 'recovery' && methods.includes('recovery') ? (
          <Button variant="ghost" size="sm" onClick={() => setWay('recovery')}>
            Use a recovery code
          </Button>
        ) : null}
        {way !== 'totp' && methods.includes('totp') ? (
          <Button variant="ghost" size="sm" onClick={() => setWay('totp')}>
            Use the authenticator app
          </Button>
        ) : null}
        <Button variant="ghost" size="sm" onClick={onBack}>
          Start again
        </Button>
      </div>
    </div>
  );
}
