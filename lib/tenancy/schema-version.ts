/** The version that new organizations get and that migrations lead to; raised with every change of a tenant collection or index. */
export const SCHEMA_VERSION = 2;
