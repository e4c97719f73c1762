/** What a new hospital sets up, in the order in which each helps the next. */
export const START_STEPS = [
  'letterhead',
  'prices',
  'staff',
  'hours',
  'stock',
  'second-factor',
  'patient',
  'appointment',
] as const;
export type StartStepId = (typeof START_STEPS)[number];
export type StartStep = { id: StartStepId; isDone: boolean };

/** Everybody has a second factor of their own; the rest is of the hospital, and stays done. */
export type KeptStepId = Exclude<StartStepId, 'second-factor'>;
export const KEPT_STEPS = START_STEPS.filter((id): id is KeptStepId => id !== 'second-factor');

/** The list as one person sees it; empty once everything is done. */
export function startSteps(done: ReadonlySet<string>, hasSecondFactor: boolean): StartStep[] {
  const steps = START_STEPS.map((id) => ({
    id,
    isDone: id === 'second-factor' ? hasSecondFactor : done.has(id),
  }));
  return steps.every(({ isDone }) => isDone) ? [] : steps;
}
