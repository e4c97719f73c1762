import 'server-only';

const SLEEPERS = Symbol.for('chakravue.queue.sleepers');
// Actions and the handler of the streams are loaded each on its own, and meet here.
const global = globalThis as { [SLEEPERS]?: Map<string, () => void> };

/**
 * Calls `look` after each change of the organization's queue that this process makes.
 * @returns the way to stop.
 */
export function onQueueChange(organizationId: string, look: () => void): () => void {
  const sleepers = global[SLEEPERS] ?? new Map<string, () => void>();
  global[SLEEPERS] = sleepers;
  sleepers.set(organizationId, look);
  return () => {
    if (sleepers.get(organizationId) === look) sleepers.delete(organizationId);
  };
}

/** The screens that this process serves look at once; those of another within a second. */
export const wakeQueue = (organizationId: string): void => global[SLEEPERS]?.get(organizationId)?.();
