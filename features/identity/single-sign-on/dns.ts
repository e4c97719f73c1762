import 'server-only';
import { Resolver } from 'node:dns/promises';
import { env } from '@/lib/env';

export const recordName = (domain: string): string => `_chakravue.${domain}`;
export const recordValue = (token: string): string => `chakravue-verification=${token}`;

/** Whether the domain's own DNS says the token. Nobody but who runs the domain can write it there. */
export async function hasRecord(domain: string, token: string): Promise<boolean> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  if (env().DNS_SERVERS.length > 0) resolver.setServers(env().DNS_SERVERS);
  try {
    const records = await resolver.resolveTxt(recordName(domain));
    return records.some((parts) => parts.join('') === recordValue(token));
  } catch {
    // No record, no such domain, no answer: all mean that it is not shown.
    return false;
  }
}
