import { z } from 'zod';
import { id, text } from '@/lib/fields';
import { keysOf } from '@/lib/query-words';
import {
  IMPACTS,
  type Impact,
  INCIDENT_STATES,
  type IncidentState,
  STATUS_COMPONENTS,
  type StatusComponent,
} from './policy';

const message = text(1_000, 'Say what people should know.', 3);
const component = z.enum(keysOf<StatusComponent>(STATUS_COMPONENTS));

export const openIncidentInput = z.object({
  title: text(120, 'Say it in a few words.', 3),
  impact: z.enum(keysOf<Impact>(IMPACTS), 'Choose how bad it is.'),
  /** One box posts a text, several post a list. */
  components: z.preprocess(
    (value) => (typeof value === 'string' ? [value] : value),
    z.array(component, 'Choose what is affected.').min(1, 'Choose what is affected.').max(10),
  ),
  text: message,
});
export type OpenIncidentInput = z.output<typeof openIncidentInput>;

export const updateIncidentInput = z.object({
  incidentId: id('We could not find that incident.'),
  state: z.enum(keysOf<IncidentState>(INCIDENT_STATES), 'Say how it stands.'),
  text: message,
});
