// The number of a press: made in the browser, remembered by the server. Imports nothing.

/**
 * The field of a posted form that carries it; no form has another field of this name. It makes a press happen
 * once; the `requestKey` that documents of money and prescriptions keep makes the record exist once.
 */
export const REQUEST_KEY = 'pressKey';

/** As crypto.randomUUID, which browsers keep from pages without TLS. */
export function newRequestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) => {
    const value = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, '0');
  });
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((part) => part.join(''))
    .join('-');
}

/** The key that a posted form carries; undefined for none, and for what no browser of this product makes. */
export function readRequestKey(form: unknown): string | undefined {
  const key = form instanceof FormData ? form.get(REQUEST_KEY) : null;
  return typeof key === 'string' && /^[\w-]{16,64}$/.test(key) ? key : undefined;
}
