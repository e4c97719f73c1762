'use client';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { passkeySignInAction, passkeySignInOptionsAction } from '@/features/identity/passkeys/actions';

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
