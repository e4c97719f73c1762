'use client';
import { Button } from '@/components/ui/button';

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="main" className="grid min-h-[70dvh] place-items-center px-6 text-center">
      <div>
        <h1 className="text-2xl font-semibold tracking-tight">Something went wrong on our side</h1>
        <p className="mx-auto mt-2 max-w-md text-text-muted">What you saved before is safe. Try again; if it stays, tell support the reference below.</p>
        {error.digest ? <p className="tabular mt-3 text-[13px] text-text-muted">Reference: {error.digest}</p> : null}
        <Button variant="primary" className="mt-6" onClick={reset}>
          Try again
        </Button>
      </div>
    </main>
  );
}
