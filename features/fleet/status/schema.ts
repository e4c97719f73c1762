import { z } from 'zod';
import { accountEmail, id, text } from '@/lib/fields';
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
  /** Of maintenance that is told of ahead, in UTC as a box of the browser gives it: 2026-12-01T22:00. */
  startsAt: z
    .string()
    .trim()
    .regex(/^(20\d\d-\d\d-\d\dT\d\d:\d\d)?$/, 'Enter day and time.')
    .transform((value) => (value ? new Date(`${value}:00Z`) : undefined))
    .refine((value) => value === undefined || !Number.isNaN(value.getTime()), 'Enter day and time.')
    .optional(),
});
export type OpenIncidentInput = z.output<typeof openIncidentInput>;

export const updateIncidentInput = z.object({
  incidentId: id('We could not find that incident.'),
  state: z.enum(keysOf<IncidentState>(INCIDENT_STATES), 'Say how it stands.'),
  text: message,
});

export const subscribeInput = z.object({
  email: z
    .string('Enter your e-mail address.')
    .trim()
    .max(254, 'Use at most 254 characters.')
    .pipe(accountEmail('Enter an e-mail address such as name@hospital.com.')),
});
/** Holds a signed address. */
export const subscriptionLinkInput = z.object({ token: z.string().max(600) });
