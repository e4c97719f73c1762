/** Roles that a provider may hand out by itself; those who lead are invited by an owner. */
export const JUST_IN_TIME_ROLES = ['doctor', 'optometrist', 'receptionist', 'pharmacist', 'cashier'] as const;
