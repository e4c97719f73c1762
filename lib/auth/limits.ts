/** Absolute life of a session. */
export const SESSION_HOURS = 12;
/** How long a new account may work before its address must be confirmed. */
export const VERIFY_GRACE_DAYS = 7;
/** Life of an invitation link. */
export const INVITATION_DAYS = 7;
export const PASSWORD_MIN_LENGTH = 12;
