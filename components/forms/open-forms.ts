/** A form of this page with something typed that is not saved. */
export type OpenForm = {
  label: string;
  /** Whether all of it is in a draft at the server. */
  isKept: () => boolean;
  /** Brings the draft to the server now. @returns whether it is there. */
  keep: () => Promise<boolean>;
  /** Saves the form as its button would. @returns what stands against it, or null. */
  save: () => Promise<string | null>;
};

const open = new Set<OpenForm>();

export function noteOpen(form: OpenForm): () => void {
  open.add(form);
  return () => {
    open.delete(form);
  };
}

export const hasOpenForms = (): boolean => open.size > 0;
export const isAnythingUnkept = (): boolean => [...open].some((form) => !form.isKept());

/** How long somebody who leaves waits for their drafts, in milliseconds. */
const PATIENCE_MS = 1_500;

/** Brings every draft to the server. @returns whether all are there. */
export async function keepAll(): Promise<boolean> {
  const tooLong = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS));
  await Promise.race([Promise.all([...open].map((form) => form.keep())), tooLong]);
  return !isAnythingUnkept();
}

/**
 * Saves every open form of the page, before a button hands its patient on.
 * @returns what stands against it, or null when nothing is left unsaved.
 */
export async function saveAll(): Promise<string | null> {
  for (const form of [...open]) {
    const problem = await form.save();
    if (problem) return form.label ? `${form.label}: ${problem}` : problem;
  }
  return null;
}
