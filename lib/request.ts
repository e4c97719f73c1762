import 'server-only';
import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';

export type RequestFacts = { requestId: string; ip: string; userAgent: string };

/** Facts of the current request. The id is made by middleware.ts and is in the answer's `x-request-id`. */
export async function requestFacts(): Promise<RequestFacts> {
  const given = await headers();
  return {
    requestId: given.get('x-request-id') ?? randomUUID(),
    // One address, put there by lib/rate-limit/client-address.
    ip: given.get('x-forwarded-for')?.split(',')[0]?.trim().slice(0, 64) ?? 'unknown',
    userAgent: (given.get('user-agent') ?? '').slice(0, 300),
  };
}
