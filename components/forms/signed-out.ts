// Forms know that a session has ended; only the page's frame knows how its person signs in again.

type Gate = () => Promise<boolean>;
let gate: Gate | null = null;

/** The frame says how: it covers the page, asks, and answers whether the same person is back. */
export function onSignedOut(ask: Gate): () => void {
  gate = ask;
  return () => {
    if (gate === ask) gate = null;
  };
}

/** @returns true when the same person is signed in again; false where nobody can be asked. */
export const signInAgain = async (): Promise<boolean> => (gate ? gate() : false);
