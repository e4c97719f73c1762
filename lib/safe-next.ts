// Never served: only its origin is compared.
const HERE = 'http://here.invalid';

/**
 * The address to go to after signing in, when it is a page of this product; else null. The browser's own
 * reading decides: what resolves to another origin, or could after one more decoding, is refused.
 */
export function safeNext(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 2_000) return null;
  let text = value;
  // Each layer of percent-encoding that some hop might take off; four are more than any has.
  for (let depth = 0; depth < 4; depth++) {
    if (!isOwnPath(text)) return null;
    let decoded: string;
    try {
      // A query may hold anything encoded; only the path says where one lands.
      decoded = decodeURIComponent(text.split(/[?#]/)[0] ?? '');
    } catch {
      return null;
    }
    if (decoded === text) break;
    text = decoded;
  }
  // A Location header takes no other letters than these; encoded, the address is the same.
  if (/^[\x21-\x7e]*$/.test(value)) return value;
  const { pathname, search, hash } = new URL(value, HERE);
  return `${pathname}${search}${hash}`;
}

function isOwnPath(text: string): boolean {
  // A browser drops tabs and line breaks inside an address and reads \ as /.
  if (!/^\/(?![/\\])[^\\\s]*$/.test(text) || hasControl(text)) return false;
  if (!URL.canParse(text, HERE)) return false;
  const url = new URL(text, HERE);
  return url.origin === HERE && !url.pathname.startsWith('//') && !/^\/api(\/|$)/i.test(url.pathname);
}

const hasControl = (text: string): boolean =>
  [...text].some((letter) => letter.charCodeAt(0) < 32 || letter.charCodeAt(0) === 127);
