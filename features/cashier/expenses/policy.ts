/** What a hospital's counter pays for. */
export const CATEGORIES = {
  supplies: 'Stationery and supplies',
  food: 'Food, tea and water',
  travel: 'Travel and courier',
  utilities: 'Electricity, phone, fuel',
  repairs: 'Repairs and upkeep',
  wages: 'Wages and advances to staff',
  fees: 'Fees and taxes',
  other: 'Other',
} as const;
export type ExpenseCategory = keyof typeof CATEGORIES;
export const CATEGORY_IDS = Object.keys(CATEGORIES) as [ExpenseCategory, ...ExpenseCategory[]];

/** Out of the drawer of the cashier who pays, or out of the hospital's account. */
export const PAID_FROM = { drawer: 'Cash from the drawer', bank: 'Bank' } as const;

/** `returned` is of an expense whose money came back, by a row of its own on its own day. */
export const EXPENSE_STATES = ['requested', 'approved', 'refused', 'paid', 'returned'] as const;
export type ExpenseState = (typeof EXPENSE_STATES)[number];
export const EXPENSE_LABEL: Record<ExpenseState, string> = {
  requested: 'To be approved',
  approved: 'To be paid',
  refused: 'Refused',
  paid: 'Paid',
  returned: 'Money came back',
};
