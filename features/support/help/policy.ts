/** Whom an article is for, in the order of the help's first page. */
export const HELP_GROUPS = [
  'Everybody',
  'Reception',
  'Optometry',
  'Doctor',
  'Pharmacy',
  'Cashier',
  'Owner and administrator',
] as const;
export type HelpGroup = (typeof HELP_GROUPS)[number];

export const isHelpGroup = (text: string): text is HelpGroup =>
  (HELP_GROUPS as readonly string[]).includes(text);

/** Words of a search, folded. */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);

type Searched = { title: string; description: string; text: string };

/**
 * How well a text answers a search: each word must begin a word of it; the title counts most. 0: not at all.
 */
export function scoreOf({ title, description, text }: Searched, words: readonly string[]): number {
  const fields = [
    [wordsOf(title), 9],
    [wordsOf(description), 3],
    [wordsOf(text), 1],
  ] as const;
  let score = 0;
  for (const word of words) {
    const best = Math.max(
      ...fields.map(([known, weight]) => (known.some((one) => one.startsWith(word)) ? weight : 0)),
    );
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

/** Whether `/visits/*` stands for `/visits/abc/prescribe`, and how exactly; 0 for not at all. */
export function fits(pattern: string, address: string): number {
  const [wanted, given] = [pattern, address].map((one) => one.split('/').filter(Boolean)) as [
    string[],
    string[],
  ];
  const isOne = wanted.every((segment, at) => given[at] && (segment === '*' || segment === given[at]));
  return isOne ? wanted.length : 0;
}

export type DatedChange = { day: string };

/** What came after the day on which somebody last looked; of a first visit, after they joined. */
export const newSince = <T extends DatedChange>(changes: readonly T[], seenOn: string): T[] =>
  changes.filter(({ day }) => day > seenOn);
