import 'server-only';
import { randomToken, signValue, verifySignedValue } from '@/lib/crypto/cipher';
import { OBJECT_ID } from '@/lib/object-id';

const PURPOSE = 'paper-link';

type Place = { organizationId: string; linkId: string; secret: string };

/**
 * The secret part of a link, and the link's token: signed, so that whose it is need not be looked for.
 * Nothing of a patient is in it.
 */
export function makeLinkToken(
  { organizationId, linkId }: Omit<Place, 'secret'>,
  expiresAt: Date,
): { token: string; secret: string } {
  const secret = randomToken();
  return { secret, token: signValue(PURPOSE, `${organizationId} ${linkId} ${secret}`, expiresAt) };
}

/** Where a token leads; null for one that is forged, changed or too old. */
export function readLinkToken(token: string, now = new Date()): Place | null {
  const [organizationId = '', linkId = '', secret = '', ...rest] =
    verifySignedValue(PURPOSE, token, now)?.split(' ') ?? [];
  const isWhole =
    OBJECT_ID.test(organizationId) && OBJECT_ID.test(linkId) && secret !== '' && rest.length === 0;
  return isWhole ? { organizationId, linkId, secret } : null;
}
