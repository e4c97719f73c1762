/** FHIR ServiceRequest: asked for, done, taken out of the examination again. */
export const ORDER_STATES = ['requested', 'completed', 'revoked'] as const;

/** What an examination asks for, as it is kept until it is done. */
export type WantedOrder = {
  kind: 'investigation' | 'procedure';
  what: string;
  side: 'right' | 'left' | 'both' | 'none';
  urgency: 'routine' | 'soon' | 'urgent';
  /** What it has as its code on the price list, where it is on one. */
  code: string;
};

export const URGENT_FIRST: Record<WantedOrder['urgency'], number> = { urgent: 0, soon: 1, routine: 2 };

/** How many are billed: a procedure is done on one eye, a test looks at both. */
export const piecesOf = ({ kind, side }: Pick<WantedOrder, 'kind' | 'side'>): number =>
  kind === 'procedure' && side === 'both' ? 2 : 1;
