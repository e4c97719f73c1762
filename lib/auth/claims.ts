import 'server-only';
import { verifyPassword } from '../crypto/password';
import { organizationModel } from '../master/models/organization';
import { userModel } from '../master/models/user';
import type { OrganizationState } from '../master/vocabulary';
import { type newObjectId, op } from '../mongo';

// A claim is the user row of a sign-up whose mailbox has not been proved (docs/decisions/0005).

type Id = ReturnType<typeof newObjectId>;

/**
 * The address fields of a row whose mailbox has not been proved. Any number of rows may claim one address.
 */
export const claimOf = (id: Id, email: string) => ({
  email,
  emailKey: `unproved:${id.toString()}`,
  claimedEmailKey: email.toLowerCase(),
});

export const MAX_CLAIMS = 2;

/**
 * The claims of an address that sign-in and reset look at: those with an open organization first, the oldest
 * of them first, so that nobody who claims the address later pushes an owner out; then the newest.
 */
export async function listClaims(emailKey: string) {
  const claims = await userModel
    .find({ claimedEmailKey: emailKey, disabledAt: null })
    .select('+passwordHash')
    .sort({ createdAt: 1 })
    .limit(100)
    .lean();
  const open = await organizationModel
    .find({
      ownerId: op({ $in: claims.map(({ _id }) => _id) }),
      status: op({ $nin: ['pending_payment', 'requested', 'deleted'] satisfies OrganizationState[] }),
    })
    .select('ownerId')
    .lean();
  const isOpen = (claim: { _id: Id }) => open.some(({ ownerId }) => ownerId.equals(claim._id));
  return [...claims.filter(isOpen), ...claims.filter((claim) => !isOpen(claim)).reverse()].slice(
    0,
    MAX_CLAIMS,
  );
}

/**
 * How many passwords one address may have at sign-in: an account's own and those of what it signed up, or its
 * claims'.
 */
const LOOKS = 3;

/** Which of the hashes a password belongs to, or -1. What is wrong costs the same looks for every address. */
export async function findMatch(
  hashes: readonly (string | null | undefined)[],
  password: string,
): Promise<number> {
  for (let index = 0; index < LOOKS; index++) if (await verifyPassword(hashes[index], password)) return index;
  return -1;
}
