import type { Fields } from '@/lib/forms';
import type { Version } from '@/lib/revision';

/** Under what the text of a form is kept while it is typed: which form, and of which record. */
export type DraftOf = {
  form: string;
  /** Id of the record; absent for one that does not exist yet. */
  of?: string;
  /** Of the record as the page shows it. What goes along as the field `version` is that of the opening. */
  version?: Version;
  /** Of a form that only shows what would be done: what is typed is kept until that is done. */
  isPreview?: boolean;
};

/** What keeps the text of a form at the server. */
export type Keeper = { isKept: () => boolean; keep: () => Promise<boolean>; forget: () => void };

/** What a form begins with, and in which round: a new round mounts its fields again. */
export type Beginning = { values: Fields | null; base: Fields | null; version: Version | undefined };

/** The last one: its number while it has no answer, and what went along. */
export type LastPress = Pick<Beginning, 'base' | 'version'> & {
  key: string | null;
  button: HTMLElement | null;
};

/** Whether the page shows another record than the form was opened on: a later count, or other values. */
export const isOther = (shown: Version | undefined, opened: Version | undefined): boolean =>
  shown !== undefined &&
  opened !== undefined &&
  (typeof shown === 'number' && typeof opened === 'number' ? shown > opened : shown !== opened);

/** Of a record after one's own save; one that counts none is known when the page shows it. */
export const afterSave = (version: Version | undefined): Version | undefined =>
  typeof version === 'number' ? version + 1 : version;
