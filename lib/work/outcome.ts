/** What a step leaves for the steps after it, and for the pages that show the work. */
export type Facts = Record<string, unknown>;

export type Done = Readonly<{ outcome: 'done'; facts?: Facts }>;
/** Nothing to do before `at`: a vendor is at work, or a time has to pass. This is not a failure. */
export type Again = Readonly<{ outcome: 'again'; at: Date; why?: string }>;
/** A person must change something first. The work stays where it is and goes on once that is done. */
export type ForOperator = Readonly<{ outcome: 'needs-operator'; why: string }>;
/** Trying again would end the same: the work is given up, and what it made is taken away. */
export type Failed = Readonly<{ outcome: 'failed'; why: string }>;

/** How a step of work ended. What a step throws is a bug or an outage, and is tried again. */
export type Outcome = Done | Again | ForOperator | Failed;

export const done: Done = { outcome: 'done' };
export const doneWith = (facts: Facts): Done => ({ outcome: 'done', facts });
export const again = (at: Date, why?: string): Again => ({ outcome: 'again', at, ...(why ? { why } : {}) });
export const needsOperator = (why: string): ForOperator => ({ outcome: 'needs-operator', why });
export const failed = (why: string): Failed => ({ outcome: 'failed', why });

/**
 * For a command or a test that waits for the end in its own process.
 * @throws Error with the reason when it is not done.
 */
export function assertDone(end: Outcome): void {
  if (end.outcome !== 'done') throw new Error(end.why ?? `It goes on later (${end.outcome})`);
}
