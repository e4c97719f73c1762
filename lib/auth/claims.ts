import 'server-only';
import { verifyPassword } from '../crypto/password';
import { organizationModel } from '../master/models/organization';
import { userModel } from '../master/models/user';
import type { OrganizationState } from '../master/vocabulary';
import { type newObjectId, op } from '../mongo';

// A claim is the user row of a sign-up whose mailbox has not been proved (docs/decisions/0005).

type Id = ReturnType<typeof newObjectId>;

/** The address fields of a row whose mailbox has not been proved. Any number of rows may claim one address. */
export const claimOf = (id: Id, email: string) => ({
  email,
  emailKey: `unproved:${id.toString()}`,
  claimedEmailKey: email.toLowerCase(),
});

const MAX_CLAIMS = 2;

/**
 * The claims of an address that sign-in and reset look at: those with an open organization first, the oldest of them
 * first, so that nobody who claims the address later pushes an owner out; then the newest.
 */
export async function listClaims(emailKey: string) {
  const users = await userModel();
  const claims = await users
    .find({ claimedEmailKey: emailKey, disabledAt: null })
    .select('+passwordHash')
    .sort({ createdAt: 1 })
    .limit(100)
    .lean();
  const open = await (await organizationModel())
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

export type Claim = Awaited<ReturnType<typeof listClaims>>[number];

/** The claim that a password belongs to. Always as many looks as there may be claims, so that time tells nothing. */
export async function findClaimByPassword(claims: Claim[], password: string): Promise<Claim | null> {
  let found: Claim | null = null;
  for (let index = 0; index < MAX_CLAIMS; index++) {
    const claim = claims[index];
    if ((await verifyPassword(claim?.passwordHash, password)) && claim && !found) found = claim;
  }
  return found;
}
