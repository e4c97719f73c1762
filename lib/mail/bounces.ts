import 'server-only';
import { createHash } from 'node:crypto';
import { isSameSecret, signValue } from '../crypto/cipher';
import { env } from '../env';

const PURPOSE = 'mail-return';

/** As of reply addresses: lower case and short, because mail servers change the case. */
const markOf = (mailId: string): string =>
  createHash('sha256')
    .update(signValue(PURPOSE, mailId, new Date(0)))
    .digest('hex')
    .slice(0, 20);

/**
 * Where mail servers report a mail that they could not deliver: an address per mail, which nobody but we can
 * make. Null where no mail comes in.
 */
export function returnAddress(mailId: string): string | null {
  const { SUPPORT_EMAIL: address, SUPPORT_INBOUND_SECRET } = env();
  if (!address || !SUPPORT_INBOUND_SECRET) return null;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}+b-${mailId}${markOf(mailId)}${address.slice(at)}`;
}

/** The mail whose return address this is; null for any other address. */
export function readReturnAddress(address: string): string | null {
  const [, mailId, mark] = /\+b-([0-9a-f]{24})([0-9a-f]{20})@/i.exec(address) ?? [];
  if (!mailId || !mark) return null;
  return isSameSecret(mark.toLowerCase(), markOf(mailId.toLowerCase())) ? mailId.toLowerCase() : null;
}

type DeliveryReport = { isFinal: boolean; problem: string };

/**
 * What a delivery status notification (RFC 3464) says: the part `message/delivery-status` of a report. Null
 * where nothing failed.
 */
export function readDeliveryStatus(part: string): DeliveryReport | null {
  const fields = part.replace(/\r?\n[ \t]+/g, ' ');
  const field = (name: string) => new RegExp(`^${name}[ \\t]*:[ \\t]*(.+)$`, 'im').exec(fields)?.[1]?.trim();
  const action = field('Action')?.toLowerCase();
  if (action !== 'failed' && action !== 'delayed') return null;
  const said = field('Diagnostic-Code')?.replace(/^smtp;\s*/i, '');
  const problem = [field('Status'), said].filter(Boolean).join(' ') || 'The mail could not be delivered.';
  return { isFinal: action === 'failed', problem };
}
