/*
 * A domain of the hospital's own, such as care.hospital.com, in the place of /h/<slug>. What has to be true
 * before one is served, and what the part in front of the product has to do; docs/decisions/0043.
 */

/** What is asked of the part that takes connections: its certificates are not ours to keep. */
export type DomainFront = {
  /** Begins to serve a domain; a second time it changes nothing. */
  attach: (domain: string) => Promise<void>;
  /** Whether a certificate is there and connections are taken. */
  isServing: (domain: string) => Promise<boolean>;
  detach: (domain: string) => Promise<void>;
};

/** What the domain's own name servers say. */
export type DomainRecords = {
  /** The name it points at, without the last dot; null where it points at none. */
  alias: (domain: string) => Promise<string | null>;
  hasProof: (domain: string, token: string) => Promise<boolean>;
};

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** Whether a text is the name of a host below somebody's domain: no address, no port, no path, no script. */
export function isOwnDomain(domain: string, ourHost: string): boolean {
  const labels = domain.split('.');
  const isName = labels.length >= 3 && domain.length <= 253 && labels.every((label) => LABEL.test(label));
  const isNumeric = /^\d+$/.test(labels.at(-1) ?? '');
  const isOurs = domain === ourHost || domain.endsWith(`.${ourHost}`);
  return isName && !isNumeric && !isOurs && !labels.some((label) => label.startsWith('xn--'));
}

export type DomainCheck = { what: 'name' | 'proof' | 'alias' | 'front'; isRight: boolean };

/**
 * All that must be right, in the order in which a person puts it right; what follows a wrong one is not
 * asked.
 */
export async function checkDomain(
  { domain, token, target }: { domain: string; token: string; target: string },
  records: DomainRecords,
  front: Pick<DomainFront, 'isServing'>,
): Promise<DomainCheck[]> {
  const checks: [DomainCheck['what'], () => boolean | Promise<boolean>][] = [
    ['name', () => isOwnDomain(domain, target)],
    // Before the alias: who points a name at us has not shown that it is theirs.
    ['proof', () => records.hasProof(domain, token)],
    ['alias', async () => (await records.alias(domain))?.toLowerCase() === target],
    ['front', () => front.isServing(domain)],
  ];
  const done: DomainCheck[] = [];
  for (const [what, isRight] of checks) {
    done.push({ what, isRight: await isRight() });
    if (!done.at(-1)?.isRight) break;
  }
  return done;
}
