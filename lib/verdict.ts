/** Whether something may be done, and if not, why: a sentence for the person who tried. */
export type Verdict = { allowed: true } | { allowed: false; reason: string };

export const YES: Verdict = { allowed: true };
export const no = (reason: string): Verdict => ({ allowed: false, reason });
