import { appendFileSync } from 'node:fs';

/** One request as it came in, without the key: what the contract test asks Stripe's own mock again. */
export type RecordedRequest = { method: string; path: string; query: string; body: string; version: string };

/** Writes each request down when STRIPE_RECORD names a file; several emulators may share one. */
export function recorder(file: string | undefined): (request: RecordedRequest) => void {
  if (!file) return () => {};
  return (request) => appendFileSync(file, `${JSON.stringify(request)}\n`);
}
