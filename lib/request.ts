import 'server-only';
import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';

export type RequestFacts = { requestId: string; ip: string; userAgent: string };

/** Facts of the current request. The id is made by middleware.ts and is in the answer's `x-request-id`. */
export async function requestFacts(): Promise<RequestFacts> {
  const given = await headers();
  return {
    requestId: given.get('x-request-id') ?? randomUUID(),
    ip: given.get('x-forwarded-for')?.split(',')[0]?.trim() ?? 'unknown',
    userAgent: (given.get('user-agent') ?? '').slice(0, 300),
  };
}
