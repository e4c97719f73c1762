import 'server-only';
import { availabilityOf, creditPercentOf } from './policy';

type Row = {
  month: string;
  promised: number;
  checks: number;
  failed: number;
  excused: number;
  settlement?: { kind: 'credited' | 'waived'; at: Date; byName: string; words: string } | null;
};

/** A month of an organization. The running one can still become better or worse. */
export const toServiceMonth = (row: Row, running: string) => ({
  month: row.month,
  isRunning: row.month === running,
  promised: row.promised,
  measured: availabilityOf(row),
  checks: row.checks,
  failed: row.failed,
  excused: row.excused,
  /** Of that month's fee; 0 where nothing is due, and while the month runs. */
  creditPercent: row.month === running ? 0 : creditPercentOf(row),
  settlement: row.settlement
    ? {
        kind: row.settlement.kind,
        at: row.settlement.at.toISOString(),
        byName: row.settlement.byName,
        words: row.settlement.words,
      }
    : null,
});
export type ServiceMonth = ReturnType<typeof toServiceMonth>;
