import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { objectId } from '@/lib/mongo';
import { contactModel } from './model';

export const MOST_CONTACTS = 50;

/** The people at a customer whom the company talks to, by name. */
export async function listContacts(_ctx: PlatformContext, organizationId: string) {
  const rows = await contactModel
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ name: 1, _id: 1 })
    .limit(MOST_CONTACTS)
    .lean();
  return rows.map(({ _id, name, position, email, phone, version }) => ({
    id: _id.toString(),
    name,
    position: position ?? null,
    email: email ?? null,
    phone: phone ?? null,
    version: version ?? 0,
  }));
}
export type CustomerContact = Awaited<ReturnType<typeof listContacts>>[number];
