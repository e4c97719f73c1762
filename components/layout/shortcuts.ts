import type { IconName } from './nav-icon';

/** A way to press keys: together, or one after the other where `isSequence`. */
export type Shortcut = { keys: readonly string[]; does: string; isSequence?: true };

/** The letter after G that leads to a page, by its icon, which is what a page is known by. */
export const GO_TO: Partial<Record<IconName, string>> = {
  today: 't',
  patients: 'p',
  appointments: 'a',
  queue: 'q',
  cashier: 'c',
  pharmacy: 'h',
  medicines: 'm',
  reports: 'r',
  staff: 's',
};

export const SHORTCUTS: readonly { heading: string; shortcuts: readonly Shortcut[] }[] = [
  {
    heading: 'Everywhere',
    shortcuts: [
      { keys: ['Ctrl', 'K'], does: 'Search patients and pages' },
      { keys: ['?'], does: 'Show these keys' },
      { keys: ['Esc'], does: 'Close what is open' },
      { keys: ['↑', '↓'], does: 'From one row of a list to the next' },
      { keys: ['Enter'], does: 'Open the row, or send the form' },
    ],
  },
  {
    heading: 'At a visit',
    shortcuts: [
      { keys: ['Ctrl', 'Shift', 'P'], does: 'Print the papers of this visit' },
      { keys: ['Ctrl', 'Enter'], does: 'Sign the prescription, from anywhere on its sheet' },
      { keys: ['↓'], does: 'From the search of a list into its rows' },
    ],
  },
];

const OPEN = 'keys-open';

export const openShortcuts = (): boolean => dispatchEvent(new Event(OPEN));

export function onOpenShortcuts(listener: () => void): () => void {
  addEventListener(OPEN, listener);
  return () => removeEventListener(OPEN, listener);
}

const KEPT = 'single-keys';

/** Whether keys without Ctrl do something; people who speak to their computer switch them off. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(isOn: boolean): void {
  try {
    localStorage.setItem(KEPT, isOn ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing begins with them on the next time.
  }
}
