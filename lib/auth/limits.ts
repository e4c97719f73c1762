/** Absolute life of a session. */
export const SESSION_HOURS = 12;
/** How long a new account may work before its address must be confirmed. */
export const VERIFY_GRACE_DAYS = 7;
/** Life of an invitation link. */
export const INVITATION_DAYS = 7;
export const PASSWORD_MIN_LENGTH = 12;
/** Idle logout on clinic pages, unless the organization chose otherwise. */
export const IDLE_MINUTES = 15;
export const IDLE_CHOICES = [5, 10, 15, 30, 60] as const;
/** How long before the idle logout a person is asked. */
export const IDLE_WARNING_SECONDS = 60;
/** Of the PIN for changing users on a shared computer. */
export const PIN_LENGTH = 6;
/** Between the password and the second factor. */
export const CHALLENGE_MINUTES = 10;

/** A new password by mail removes the second factors that were added within this time. */
export const RECENT_FACTOR_DAYS = 7;
/** How long an organization that asks for a second factor lets in somebody whom it freed of a lost one. */
export const FREED_DAYS = 7;
