/**
 * The version that new organizations get and that migrations lead to; raised with every change of a tenant
 * collection or index.
 */
export const SCHEMA_VERSION = 53;

/** The oldest version that this code can serve; an organization below it sees the maintenance page. */
export const MIN_SCHEMA_VERSION = 2;

/** From here on every sensitive field is ciphertext and phone numbers are found by blind tokens alone. */
export const SEALED_SINCE = 3;
