/** Asked for, and followed; given back; or refused, which people look at. */
export const REFUND_STATES = ['asked', 'done', 'failed'] as const;
export type RefundState = (typeof REFUND_STATES)[number];
export const REFUND_LABEL: Record<RefundState, string> = {
  asked: 'Asked for',
  done: 'Given back',
  failed: 'Failed',
};

/** What the provider knows a refund by; another attempt is another refund there. */
export const refundName = (id: string, attempt: number): string => `${id}-${attempt}`;
