/** What leads to a charge by itself: somebody comes, is to have a test, had a procedure, gets a medicine. */
export const CHARGE_SOURCES = ['visit', 'order', 'procedure', 'dispense'] as const;
export type ChargeSource = (typeof CHARGE_SOURCES)[number];

/**
 * `open` until a bill takes it; `voided` with its source, or by somebody who says why; `credited` when its
 * line has been taken back; `included` in the price of a package that the patient has bought.
 */
export const CHARGE_STATES = ['open', 'billed', 'voided', 'credited', 'included'] as const;

/** One charge per source and thing, however often it is told. */
export const sourceKey = {
  visit: (visitId: string): string => `visit:${visitId}`,
  order: (visitId: string, code: string): string => `order:${visitId}:${code}`,
  procedure: (orderId: string): string => `procedure:${orderId}`,
  dispense: (dispenseId: string, lineId: string): string => `dispense:${dispenseId}:${lineId}`,
};

/** The code of what the pharmacy gives, which has no line on the price list. */
export const MEDICINE_CODE = 'MED';

/** Stands in place of a patient's number on the bills of people who are no patients. */
export const WALK_IN = 'Walk-in';
export const isWalkIn = (patientNumber: string): boolean => patientNumber === WALK_IN;
