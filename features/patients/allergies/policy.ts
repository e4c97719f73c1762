/** How bad a reaction was, by the words of FHIR. */
export const SEVERITIES = { mild: 'Mild', moderate: 'Moderate', severe: 'Severe' } as const;
export type Severity = keyof typeof SEVERITIES;
export const SEVERITY_IDS = Object.keys(SEVERITIES) as [Severity, ...Severity[]];
