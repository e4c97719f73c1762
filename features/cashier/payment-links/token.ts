import 'server-only';
import { signValue, verifySignedValue } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { OBJECT_ID } from '@/lib/object-id';
import { paths } from '@/lib/paths';

const PURPOSE = 'payment-link';
/** How long the page still says what became of a link. */
const SHOWN_DAYS = 7;

/** The address that a patient opens: short enough for a code, signed, and without a word of the patient. */
export function linkAddress(organizationId: string, linkId: string, expiresAt: Date): string {
  const shownUntil = new Date(expiresAt.getTime() + SHOWN_DAYS * 86_400_000);
  const token = signValue(PURPOSE, `${organizationId}${linkId}`, shownUntil);
  return `${env().NEXTAUTH_URL}${paths.payBill(token)}`;
}

/** Where a token leads; null for one that is forged, changed or too old. */
export function readLinkToken(
  token: string,
  now = new Date(),
): { organizationId: string; linkId: string } | null {
  const value = verifySignedValue(PURPOSE, token, now) ?? '';
  const [organizationId, linkId] = [value.slice(0, 24), value.slice(24)];
  return OBJECT_ID.test(organizationId) && OBJECT_ID.test(linkId) ? { organizationId, linkId } : null;
}
