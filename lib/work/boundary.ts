/** A moment at which a process may die: before a step, when it is done, and when that has been stored. */
export type Boundary = { step: string; at: 'before' | 'done' | 'recorded' };
export type OnBoundary = (boundary: Boundary) => void | Promise<void>;
