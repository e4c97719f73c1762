import { z } from 'zod';
import { keysOf } from '@/lib/address-query';
import {
  IMPACTS,
  type Impact,
  INCIDENT_STATES,
  type IncidentState,
  STATUS_COMPONENTS,
  type StatusComponent,
} from './policy';

const text = z
  .string()
  .trim()
  .min(3, 'Say what people should know.')
  .max(1_000, 'Use at most 1,000 characters.');
const component = z.enum(keysOf<StatusComponent>(STATUS_COMPONENTS));

export const openIncidentInput = z.object({
  title: z.string().trim().min(3, 'Say it in a few words.').max(120, 'Use at most 120 characters.'),
  impact: z.enum(keysOf<Impact>(IMPACTS), 'Choose how bad it is.'),
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
  state: z.enum(keysOf<IncidentState>(INCIDENT_STATES), 'Say how it stands.'),
  text,
});
