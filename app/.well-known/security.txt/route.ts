import { legalDocument } from '@/features/subscription/agreements/documents';
import { markGated } from '@/lib/actions/gated';
import { env } from '@/lib/env';
import { paths } from '@/lib/paths';

const YEAR_MS = 365 * 86_400_000;

/** RFC 9116: where a security problem is reported. It points at the page that says how. */
function securityText(): Response {
  const policy = new URL(paths.legal('security'), env().NEXTAUTH_URL).toString();
  // The company looks at the page with each version; a year after the last one it may be out of date.
  const expires = new Date(new Date(legalDocument('security').version).getTime() + YEAR_MS).toISOString();
  const text = [`Contact: ${policy}`, `Expires: ${expires}`, `Policy: ${policy}`, 'Preferred-Languages: en'];
  return new Response(`${text.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

export const GET = markGated(async () => securityText(), 'public');
