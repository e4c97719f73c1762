/** `sent` until something has arrived, `part` while some of it has not, `done` when nothing is on its way. */
export const TRANSFER_STATES = ['sent', 'part', 'done'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];
export const TRANSFER_LABEL: Record<TransferState, string> = {
  sent: 'In transit',
  part: 'Partly received',
  done: 'Received',
};

export type TransferCounts = { sent: number; received: number; lost: number; back: number };

/** What of a line is still on its way. */
export const onTheWay = ({ sent, received, lost, back }: TransferCounts): number =>
  sent - received - lost - back;

export function transferState(lines: readonly TransferCounts[]): TransferState {
  const open = lines.reduce((sum, line) => sum + onTheWay(line), 0);
  if (open === 0) return 'done';
  return lines.some((line) => onTheWay(line) < line.sent) ? 'part' : 'sent';
}

/** As many lots as go in one transfer: all of them leave at one moment, or none does. */
export const MOST_LOTS = 200;

/** What is longer on its way than this is worth a call. */
const LATE_DAYS = 2;
export function transferAge(at: string, now: Date): { days: number; isLate: boolean } {
  const days = Math.floor((now.getTime() - Date.parse(at)) / 86_400_000);
  return { days, isLate: days > LATE_DAYS };
}
