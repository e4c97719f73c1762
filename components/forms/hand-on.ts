import type { FormAction } from '@/lib/action-result';
import { hasOpenForms, saveAll } from './open-forms';
import { runAction } from './run-action';

/** How long the page may take to show what was saved, in milliseconds. */
const PATIENCE_MS = 3_000;

/** Saves what is open on the page. @returns why what was pressed is not done. */
export async function saveFirst(): Promise<string | null> {
  const problem = await saveAll();
  return problem && `Not done, because this is not saved yet. ${problem}`;
}

/**
 * Runs an action that hands a patient on or closes what is written: everything open on the page is saved
 * first. `fields` are read afterwards, when the page shows the versions that were saved.
 * @returns the sentence that stands against it.
 */
export async function handOn<T>(
  action: FormAction<T>,
  fields: () => Record<string, string>,
): Promise<string | undefined> {
  if (hasOpenForms()) {
    const before = JSON.stringify(fields());
    const problem = await saveFirst();
    if (problem) return problem;
    const until = Date.now() + PATIENCE_MS;
    while ('version' in fields() && JSON.stringify(fields()) === before && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return runAction(action, fields());
}
