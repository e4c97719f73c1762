/** A place in work of many steps where a process may die: before a step, when it is done, when that is stored. */
export type Boundary = { step: string; at: 'before' | 'done' | 'recorded' };
export type OnBoundary = (boundary: Boundary) => void | Promise<void>;
