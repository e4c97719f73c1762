/** As many as two sheets hold, and no roll is longer. */
export const MOST_LOT_LABELS = 88;
