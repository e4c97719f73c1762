export const HANDOVER_STATES = ['offered', 'accepted', 'refused', 'withdrawn'] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];
export const HANDOVER_LABEL: Record<HandoverState, string> = {
  offered: 'Waits for the answer',
  accepted: 'Taken over',
  refused: 'Refused',
  withdrawn: 'Taken back',
};

/** What is in a drawer beside cash: the slip of a card, a cheque. */
export const SLIP_METHODS = ['card', 'cheque'] as const;
/** As many as a shift has; more than anybody can look through one by one. */
export const MOST_SLIPS = 200;
