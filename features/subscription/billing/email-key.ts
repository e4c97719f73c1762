const DOTLESS = new Set(['gmail.com', 'googlemail.com']);

/** One key for the ways to write one mailbox: case, `+tag`, and Gmail's dots and second name. */
export function mailboxKey(email: string): string {
  const [local = '', domain = ''] = email.trim().toLowerCase().normalize('NFKC').split('@');
  const bare = local.split('+')[0] ?? '';
  return DOTLESS.has(domain) ? `${bare.replaceAll('.', '')}@gmail.com` : `${bare}@${domain}`;
}
