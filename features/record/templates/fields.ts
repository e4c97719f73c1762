/** The field of what is normal in a row; apart from the schema, so that the form comes without it. */
export const normalField = (row: string) => `normal-${row}` as const;
