import 'server-only';
import { organizationModel } from '@/lib/master/models/organization';
import { foldName } from './fold-name';

type Searchable = { nameKey: string; email: string; phone: string; stripeCustomerId?: string | null };

/**
 * Whether a customer is meant: each word is somewhere in the name, or all of it in the e-mail, in the digits
 * of the phone, or in the id at Stripe. Fewer than four digits or letters of an id would be in too many.
 */
function matchesCustomer(q: string): (row: Searchable) => boolean {
  const words = foldName(q).split(' ').filter(Boolean);
  const plain = q.trim().toLowerCase();
  const digits = /^[\d\s+().-]+$/.test(plain) ? plain.replace(/\D/g, '') : '';
  return ({ nameKey, email, phone, stripeCustomerId }) =>
    (words.length > 0 && words.every((word) => nameKey.includes(word))) ||
    (plain.length > 1 && email.toLowerCase().includes(plain)) ||
    (digits.length > 3 && phone.replace(/\D/g, '').includes(digits)) ||
    (plain.length > 3 && (stripeCustomerId ?? '').toLowerCase().includes(plain));
}

/**
 * What customers are found by, in the order of one index that holds all of it. Each has a database of its
 * own, so there are thousands and not millions, and any part of a word may be what somebody remembers.
 */
export const findSearchable = () =>
  organizationModel
    .find({})
    .sort({ nameKey: 1, email: 1, phone: 1, stripeCustomerId: 1, _id: 1 })
    .select('nameKey email phone stripeCustomerId');

/** Whom `q` names a part of, by name: of the name, the e-mail, the phone or the customer's id at Stripe. */
export async function matchCustomers(q: string) {
  const isMatch = matchesCustomer(q);
  return (await findSearchable().lean()).filter(isMatch).map(({ _id }) => _id);
}
