const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What is asked of a request before it may change anything. */
type Asked = Readonly<{ method: string; headers: Pick<Headers, 'get'> }>;

/**
 * Whether a request that changes something comes from our own pages. Browsers name the origin on every such
 * request; one that names none and no fetch site was not sent by a browser, so it carries nobody's cookies
 * unasked.
 * `Host` counts beside the configured address (a demo is opened as localhost too); forwarded headers never
 * do.
 */
export function isOwnOrigin({ method, headers }: Asked, ownAddress: string | undefined): boolean {
  if (READS.has(method.toUpperCase())) return true;
  const origin = headers.get('origin');
  if (origin === null) {
    const site = headers.get('sec-fetch-site');
    return site === null || site === 'same-origin' || site === 'none';
  }
  // "null" is a sandboxed frame, a file or a redirect through strangers.
  if (!URL.canParse(origin)) return false;
  const given = new URL(origin);
  if (ownAddress && URL.canParse(ownAddress) && given.origin === new URL(ownAddress).origin) return true;
  return /^https?:$/.test(given.protocol) && given.host !== '' && given.host === headers.get('host');
}

export const FOREIGN_ORIGIN = 'This request did not come from a page of ours, so nothing was changed.';
