/** The parts of the product that people tell apart. */
export const STATUS_COMPONENTS = {
  application: 'Application',
  'sign-in': 'Sign-in',
  databases: 'Hospital databases',
  payments: 'Payments',
  mail: 'Mail',
} as const;
export type StatusComponent = keyof typeof STATUS_COMPONENTS;
export const COMPONENT_IDS = Object.keys(STATUS_COMPONENTS) as StatusComponent[];

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

/** `unknown`: nothing bad is known, and nothing good was measured lately. */
export type Level = 'up' | 'unknown' | Impact;
export const LEVEL_LABEL: Record<Level, string> = {
  up: 'Works',
  unknown: 'Not measured',
  maintenance: 'Maintenance',
  degraded: 'Slow or partly broken',
  outage: 'Does not work',
};
const ORDER: readonly Level[] = ['up', 'unknown', 'maintenance', 'degraded', 'outage'];
export const worst = (a: Level, b: Level): Level => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b);

type Open = { impact: Impact; components: readonly string[] };

/** Each component by its worst open incident, or by what we measure ourselves, whichever is worse. */
export function levelsOf(
  open: readonly Open[],
  measured: Partial<Record<StatusComponent, Level>>,
): Record<StatusComponent, Level> {
  return Object.fromEntries(
    COMPONENT_IDS.map((id) => [
      id,
      open
        .filter(({ components }) => components.includes(id))
        .reduce<Level>((level, { impact }) => worst(level, impact), measured[id] ?? 'unknown'),
    ]),
  ) as Record<StatusComponent, Level>;
}

export const overallOf = (levels: Record<StatusComponent, Level>): Level =>
  Object.values(levels).reduce<Level>(worst, 'up');

/** How long the past is shown. */
export const HISTORY_DAYS = 90;
