/** The parts of the product that people tell apart. */
export const STATUS_COMPONENTS = {
  application: 'Application',
  'sign-in': 'Sign-in',
  databases: 'Hospital databases',
  payments: 'Payments',
  mail: 'Mail',
} as const;
export type StatusComponent = keyof typeof STATUS_COMPONENTS;

export const INCIDENT_STATES = {
  investigating: 'We are looking into it',
  identified: 'We know the cause',
  monitoring: 'Mended, and being watched',
  resolved: 'Over',
} as const;
export type IncidentState = keyof typeof INCIDENT_STATES;

export const IMPACTS = {
  degraded: 'Slow or partly broken',
  outage: 'Does not work',
  maintenance: 'Maintenance',
} as const;
export type Impact = keyof typeof IMPACTS;

export type Level = 'up' | Impact;
export const LEVEL_LABEL: Record<Level, string> = {
  up: 'Works',
  maintenance: 'Maintenance',
  degraded: 'Slow or partly broken',
  outage: 'Does not work',
};
const ORDER: readonly Level[] = ['up', 'maintenance', 'degraded', 'outage'];
const worst = (a: Level, b: Level): Level => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

type Open = { impact: Impact; components: readonly string[] };

/** Each component by its worst open incident, or by what we measure ourselves. */
export function levelsOf(
  open: readonly Open[],
  measured: Partial<Record<StatusComponent, Level>>,
): Record<StatusComponent, Level> {
  const ids = Object.keys(STATUS_COMPONENTS) as StatusComponent[];
  return Object.fromEntries(
    ids.map((id) => [
      id,
      open
        .filter(({ components }) => components.includes(id))
        .reduce<Level>((level, { impact }) => worst(level, impact), measured[id] ?? 'up'),
    ]),
  ) as Record<StatusComponent, Level>;
}

export const overallOf = (levels: Record<StatusComponent, Level>): Level =>
  Object.values(levels).reduce<Level>(worst, 'up');

/** How long the past is shown. */
export const HISTORY_DAYS = 90;
