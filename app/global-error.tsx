'use client';
import './globals.css';

export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="grid min-h-dvh place-items-center px-6 text-center">
          <div>
            <h1 className="text-2xl font-semibold">Something went wrong on our side</h1>
            {error.digest ? <p className="mt-3 text-text-muted">Reference: {error.digest}</p> : null}
            <button type="button" onClick={reset} className="mt-6 rounded-md bg-accent px-4 py-2 font-medium text-accent-text">
              Try again
            </button>
          </div>
        </main>
      </body>
    </html>
  );
}
