/** How an id of a record is written; nothing else in the product says it. */
export const OBJECT_ID = /^[0-9a-f]{24}$/i;
