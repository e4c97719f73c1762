import { z } from 'zod';
import {
  IMPACTS,
  type Impact,
  INCIDENT_STATES,
  type IncidentState,
  STATUS_COMPONENTS,
  type StatusComponent,
} from './policy';

const keys = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];
const text = z
  .string()
  .trim()
  .min(3, 'Say what people should know.')
  .max(1_000, 'Use at most 1,000 characters.');
const component = z.enum(keys<StatusComponent>(STATUS_COMPONENTS));

export const openIncidentInput = z.object({
  title: z.string().trim().min(3, 'Say it in a few words.').max(120, 'Use at most 120 characters.'),
  impact: z.enum(keys<Impact>(IMPACTS), 'Choose how bad it is.'),
  /** One box posts a text, several post a list. */
  components: z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z.array(component, 'Choose what is affected.').min(1, 'Choose what is affected.').max(10),
  ),
  text,
});
export type OpenIncidentInput = z.output<typeof openIncidentInput>;

export const updateIncidentInput = z.object({
  incidentId: z.string().regex(/^[0-9a-f]{24}$/i, 'We could not find that incident.'),
  state: z.enum(keys<IncidentState>(INCIDENT_STATES), 'Say how it stands.'),
  text,
});
