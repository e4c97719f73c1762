import type { Day } from '@/lib/time';

/**
 * One thing that changed what a patient owes: above zero a charge, below zero what was paid or taken over.
 */
export type Entry = { at: string; day: Day; what: string; amountMinor: number };

type StatementLine = Entry & { balanceMinor: number };

export type Account = {
  /** What was owed before the first day. */
  openingMinor: number;
  lines: StatementLine[];
  /** What is owed now; below zero is held for the patient. */
  closingMinor: number;
};

/** Entries in the order in which they happened, from a day on, each with what was owed after it. */
export function accountFrom(entries: readonly Entry[], from: Day): Account {
  const ordered = [...entries].sort((a, b) => a.at.localeCompare(b.at));
  const openingMinor = ordered
    .filter(({ day }) => day < from)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  let balanceMinor = openingMinor;
  const lines = ordered
    .filter(({ day }) => day >= from)
    .map((entry) => {
      balanceMinor += entry.amountMinor;
      return { ...entry, balanceMinor };
    });
  return { openingMinor, lines, closingMinor: balanceMinor };
}
