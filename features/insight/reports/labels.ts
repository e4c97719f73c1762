export const inMinutes = (minutes: number): string =>
  `${Number.isInteger(minutes) ? minutes : minutes.toFixed(1)} min`;
export const inPercent = (share: number): string => `${Math.round(share * 100)} %`;

/** A share, or a dash where there is nothing to have a share of. */
export const inShare = (share: number | null): string => (share === null ? '\u2013' : inPercent(share));

/** "2 h 05 min". */
export const inHours = (minutes: number): string =>
  minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
