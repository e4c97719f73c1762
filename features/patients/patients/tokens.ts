import 'server-only';
import { withFieldCipher } from '@/lib/crypto/field-cipher';

const PATH = 'patients.contactTokens';

/** Keyed digests of the texts: equal texts give equal tokens in this organization and in no other. */
export const contactTokens = (organizationId: string, texts: readonly string[]): Promise<string[]> =>
  withFieldCipher(organizationId, (cipher) => texts.map((text) => cipher.blindIndex(PATH, text)));
