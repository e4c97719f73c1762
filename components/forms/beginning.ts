import type { Fields } from '@/lib/forms';

/** Under what the text of a form is kept while it is typed: which form, and of which record. */
export type DraftOf = {
  form: string;
  /** Id of the record; absent for one that does not exist yet. */
  of?: string;
  /** Of the record as the page shows it. What goes along as the field `version` is that of the opening. */
  version?: number;
};

/** What keeps the text of a form at the server. */
export type Keeper = { isKept: () => boolean; keep: () => Promise<boolean>; forget: () => void };

/** What a form begins with, and in which round: a new round mounts its fields again. */
export type Beginning = { values: Fields | null; base: Fields | null; version: number | undefined };

/** The last one: its number while it has no answer, and what went along. */
export type LastPress = Pick<Beginning, 'base' | 'version'> & {
  key: string | null;
  button: HTMLElement | null;
};
