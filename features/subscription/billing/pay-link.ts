import 'server-only';
import { signValue, verifySignedValue } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';

const PURPOSE = 'billing-pay';

/** Opens nothing but the payment of one organization: for owners who cannot sign in because it is unpaid. */
export const payTokenOf = (organizationId: string, expires: Date): string =>
  signValue(PURPOSE, organizationId, expires);

/** The organization of a pay link; null when it is forged or too old. */
export const readPayToken = (token: string): string | null => verifySignedValue(PURPOSE, token);

export const payLink = (organizationId: string, expires: Date): string =>
  `${env().NEXTAUTH_URL}/pay/${encodeURIComponent(payTokenOf(organizationId, expires))}`;
