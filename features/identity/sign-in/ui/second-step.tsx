'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { passkeySignInAction, passkeySignInOptionsAction } from '@/features/identity/passkeys/actions';
import { finishSignInAction } from '@/features/identity/second-factor/actions';
import { paths } from '@/lib/paths';

export type Challenge = { token: string; methods: readonly string[] };

export const go = (next: string, isPlatform: boolean) =>
  window.location.assign(isPlatform ? paths.platform : next);

/** After the password: a code of the app, a passkey, or a recovery code. */
export function SecondStep({
  challenge,
  next,
  onBack,
  onDone = (isPlatform) => go(next, isPlatform),
}: {
  challenge: Challenge;
  next: string;
  onBack: () => void;
  /** Instead of going to `next`. */
  onDone?: (isPlatform: boolean) => void;
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
              maxLength={7}
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

/** Instead of the password, or as the second step. */
export function PasskeyButton({
  challenge = '',
  isMain = false,
  onDone,
}: {
  challenge?: string;
  isMain?: boolean;
  onDone: (isPlatform: boolean) => void;
}) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  async function press() {
    setPending(true);
    setProblem(null);
    try {
      const ask = new FormData();
      ask.set('challenge', challenge);
      const asked = await passkeySignInOptionsAction({ status: 'idle' }, ask);
      if (asked.status !== 'ok') throw new Error('message' in asked ? asked.message : '');
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const response = await startAuthentication({ optionsJSON: asked.data.options });
      const form = new FormData();
      form.set('challenge', challenge);
      form.set('state', asked.data.state);
      form.set('response', JSON.stringify(response));
      const answer = await passkeySignInAction({ status: 'idle' }, form);
      if (answer.status === 'ok') {
        onDone(answer.data.isPlatform);
        return;
      }
      setProblem(('message' in answer && answer.message) || 'That passkey was not accepted.');
    } catch {
      setProblem('No passkey was used. Try again, or use another way.');
    }
    setPending(false);
  }

  return (
    <div className="grid gap-3">
      {problem ? (
        <Alert tone="danger" live>
          {problem}
        </Alert>
      ) : null}
      <Button
        onClick={press}
        pending={pending}
        size="lg"
        variant={isMain ? 'primary' : 'secondary'}
        className="w-full"
      >
        Use a passkey
      </Button>
    </div>
  );
}
