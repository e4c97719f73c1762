/** What a colour says. Stations keep theirs everywhere in the product. */
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'info';
export type StationTone =
  | 'station-reception'
  | 'station-optometry'
  | 'station-dilation'
  | 'station-doctor'
  | 'station-pharmacy';
