/** Sorts after every real day: a medicine without stock expires never. */
export const NO_EXPIRY = '9999-12-31';
