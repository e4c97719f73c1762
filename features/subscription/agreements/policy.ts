/** The company's legal pages, in the order in which they are listed; the texts stand in content/legal. */
export const LEGAL_PAGES = [
  'terms',
  'privacy',
  'data-processing',
  'sub-processors',
  'security',
  'service-levels',
  'about',
  'contact',
  'imprint',
] as const;
export type LegalPage = (typeof LEGAL_PAGES)[number];

export const isLegalPage = (slug: string): slug is LegalPage =>
  (LEGAL_PAGES as readonly string[]).includes(slug);

/** What an organization agrees to; the others inform. */
export const AGREEMENTS = ['terms', 'data-processing'] as const satisfies readonly LegalPage[];
export type Agreement = (typeof AGREEMENTS)[number];

export const AGREEMENT_LABEL: Record<Agreement, string> = {
  terms: 'Terms of service',
  'data-processing': 'Data processing agreement',
};

/** The newest version of each agreement that somebody may bind the organization to. */
export type Versions = Record<Agreement, string>;

/** As an organization keeps them; a lean read of a Map is a plain object. */
export const versionsOf = ({ acceptedVersions }: { acceptedVersions?: unknown }): Partial<Versions> =>
  (acceptedVersions ?? {}) as Partial<Versions>;

/** Agreements whose newest version nobody of the organization has accepted. */
export const dueOf = (current: Versions, accepted: Partial<Versions>): Agreement[] =>
  AGREEMENTS.filter((name) => accepted[name] !== current[name]);
