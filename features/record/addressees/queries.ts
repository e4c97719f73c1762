import 'server-only';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Addressee, toAddressee } from './dto';
import { addresseeModel } from './model';

const LIMIT = 300;

/** The find behind the address book; apart from it so that a test can ask how it is answered. */
export const findAddressees = (ctx: TenantContext) =>
  addresseeModel(ctx).find({}).sort({ nameKey: 1 }).limit(LIMIT);

/** The address book by name. At most 300. */
export async function listAddressees(ctx: TenantContext): Promise<Addressee[]> {
  return (await findAddressees(ctx).lean()).map(toAddressee);
}
