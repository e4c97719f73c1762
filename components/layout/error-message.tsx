'use client';

import { buttonClass } from '../ui/button-class';
import { MessagePage } from './message-page';

/** A bug: what to do next, and the reference under which the log has it. */
export function ErrorMessage({
  error,
  retry,
  insideShell = false,
}: {
  error: unknown;
  retry: () => void;
  insideShell?: boolean;
}) {
  const reference =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;
  return (
    <MessagePage
      hint="Error 500"
      title="Something went wrong on our side"
      insideShell={insideShell}
      action={
        <button type="button" className={buttonClass({ variant: 'primary', size: 'lg' })} onClick={retry}>
          Try again
        </button>
      }
    >
      <p>
        What you saved before is safe. Try again; if it stays, tell support
        {reference ? ' the reference below.' : ' what you did.'}
      </p>
      {reference ? (
        <p className="text-[0.8125rem]">
          Reference:{' '}
          <code className="select-all rounded-sm bg-surface-sunken px-1.5 py-0.5">{reference}</code>
        </p>
      ) : null}
    </MessagePage>
  );
}
