/** Names of an address that would be taken for us, or for a part of the product. */
const RESERVED = new Set([
  ...['admin', 'api', 'app', 'billing', 'chakravue', 'demo', 'help', 'login', 'mail', 'pay', 'platform'],
  ...['security', 'settings', 'signup', 'status', 'support', 'test', 'www'],
]);

/** The last part of a hospital's own sign-in address: small Latin letters, digits and single hyphens. */
export const isFaceSlug = (slug: string): boolean =>
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) && slug.length >= 3 && slug.length <= 40 && !RESERVED.has(slug);

/** What a name suggests; empty where it has too few Latin letters. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return isFaceSlug(slug) ? slug : '';
}
