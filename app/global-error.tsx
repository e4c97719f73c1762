'use client';

import './globals.css';

/** When even the frame fails: needs nothing but this file and the tokens. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const reference =
    error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;
  return (
    <html lang="en">
      <head>
        <title>Something went wrong · Chakravue</title>
      </head>
      <body>
        <main className="grid min-h-dvh place-items-center px-6 text-center">
          <div>
            <h1 className="font-semibold text-2xl">Something went wrong on our side</h1>
            <p className="mt-2 text-text-muted">What you saved before is safe. Please try again.</p>
            {reference ? <p className="mt-3 text-text-muted">Reference: {reference}</p> : null}
            <button
              type="button"
              onClick={retry}
              className="mt-6 h-11 rounded-md bg-accent px-5 font-medium text-accent-text hover:bg-accent-hover"
            >
              Try again
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
