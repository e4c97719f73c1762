import 'server-only';
import { providerOf } from '@/lib/provisioning/registry';
import type { Place } from '@/lib/tenancy/placement';
import { failed, type Outcome } from '@/lib/work/outcome';
import { targetOf } from '../queries';

/** Removes a database that the organization has left. @param sealed the way into a customer's own server. */
export async function removeDatabase(
  organizationId: string,
  place: Place,
  sealed: string | null | undefined,
): Promise<Outcome> {
  const provider = await providerOf(place.provider);
  const { databaseName, cellId, username } = place;
  if (place.provider !== 'external')
    return provider.remove({ organizationId, databaseName, cellId, username });
  if (!sealed) return failed(`The way into ${databaseName} is not known any more`);
  return provider.remove(targetOf({ ...place, organizationId, sealedConnectionString: sealed }));
}
