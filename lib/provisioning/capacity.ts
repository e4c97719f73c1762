/** Pure: how full a cell is and where the next database goes. */
export type CellUsage = { files: number; storageBytes: number; connections: number };
/** null = not limited. */
export type CellLimits = { [K in keyof CellUsage]: number | null };
export type CellFacts = {
  id: string;
  weight: number;
  acceptsNew: boolean;
  organizations: number;
  usage: CellUsage;
  limits: CellLimits;
};

const ALERT_AT = 0.7;
export const STOP_AT = 0.8;
const MEASURES = ['files', 'storageBytes', 'connections'] as const;

/** Share of the limit that is used, for the measure that is nearest to its limit. */
export const fullness = (usage: CellUsage, limits: CellLimits): number =>
  Math.max(...MEASURES.map((name) => ratio(usage[name], limits[name])));

const ratio = (used: number, limit: number | null): number =>
  limit === null ? 0 : used / Math.max(1, limit);

export type CellState = 'open' | 'filling' | 'full' | 'closed';

/** `filling` tells an operator to add a cell; `full` and `closed` take no new organization. */
export function stateOf(cell: CellFacts): CellState {
  if (!cell.acceptsNew) return 'closed';
  const full = fullness(cell.usage, cell.limits);
  if (full >= STOP_AT) return 'full';
  return full >= ALERT_AT ? 'filling' : 'open';
}

/** Whether one more database, with this many files, leaves the cell below the line where placing stops. */
export const hasRoom = (cell: CellFacts, files: number): boolean =>
  stateOf(cell) !== 'full' &&
  cell.acceptsNew &&
  ratio(cell.usage.files + files, cell.limits.files) <= STOP_AT;

/** The cell that is least full for its weight; among equals the one with fewest organizations. */
export function leastLoaded(cells: readonly CellFacts[], files: number): CellFacts | null {
  const load = (cell: CellFacts) => fullness(cell.usage, cell.limits) / Math.max(cell.weight, 0.01);
  const count = (cell: CellFacts) => cell.organizations / Math.max(cell.weight, 0.01);
  const open = cells.filter((cell) => hasRoom(cell, files));
  return open.toSorted((a, b) => load(a) - load(b) || count(a) - count(b))[0] ?? null;
}

/**
 * How many more databases fit before placing stops: each as large as the ones that are there, and of no fewer
 * files than a new one has. Connections are the processes', not the databases'. Null where nothing limits.
 */
export function roomIn(cell: CellFacts, files: number): number | null {
  if (!cell.acceptsNew || stateOf(cell) === 'full') return 0;
  const count = Math.max(1, cell.organizations);
  const each = {
    files: Math.max(files, cell.usage.files / count),
    storageBytes: cell.usage.storageBytes / count,
  };
  const rooms = (['files', 'storageBytes'] as const).flatMap((name) => {
    const limit = cell.limits[name];
    return limit === null || each[name] === 0 ? [] : [(STOP_AT * limit - cell.usage[name]) / each[name]];
  });
  return rooms.length === 0 ? null : Math.max(0, Math.floor(Math.min(...rooms)));
}

export type CellForecast = {
  /** Organizations that the shared cells still take; null where nothing limits them. */
  room: number | null;
  /** That came in the days that the pace is taken from. */
  came: number;
  /** At that pace; null where nobody came or nothing limits. */
  lastsDays: number | null;
};

/** For how long the cells have room at the pace of the last days. */
export function forecastOf(rooms: readonly (number | null)[], came: number, days: number): CellForecast {
  const room = rooms.includes(null) ? null : rooms.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return { room, came, lastsDays: room === null || came === 0 ? null : Math.floor((room * days) / came) };
}
