import type { Facts } from './outcome';

/** What there is to write down about work under way. */
export type Change =
  | { change: 'step'; step: string; facts: Facts; at: Date; durationMs: number; isLast: boolean }
  | { change: 'facts'; facts: Facts }
  | { change: 'progress'; label: string; done: number; total: number }
  | { change: 'again'; at: Date; why: string | null }
  | { change: 'needs-operator'; why: string }
  /** A bug or an outage: the work is tried again. */
  | { change: 'trouble'; why: string }
  | { change: 'failed'; why: string; at: Date };

/** The least that a row of recorded work tells the engine. */
export type RecordRow = {
  /** The last step that is finished; any other text before the first. */
  step: string;
  facts: Facts;
};

/** Where work of several steps keeps how far it has come: one row, which only the newest run may write. */
export type WorkRecord<Row extends RecordRow> = {
  /** Takes the row for the run with this fence; null when there is nothing left to do. */
  take: (key: string, fence: string) => Promise<Row | null>;
  /** @returns false when the row has another fence by now: another run has taken over. */
  write: (key: string, fence: string, change: Change) => Promise<boolean>;
  /** Called now and then while a step works, to show that its process lives. */
  beat?: (key: string, fence: string) => Promise<unknown>;
};
