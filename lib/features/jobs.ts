import 'server-only';
import { z } from 'zod';
import type { JobHandlers } from '@/lib/jobs/worker';
import { sendMail } from '@/lib/mail/send';
import { processEvent } from './billing/events';
import { provisionOrganization } from './provisioning/service';

const mail = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() });

/** What the worker does for each kind of job. */
export const jobHandlers: JobHandlers = {
  'stripe.event': ({ key }) => processEvent(key),
  'organization.provision': ({ key, token }) => provisionOrganization(key, token),
  'mail.send': ({ payload }) => sendMail(mail.parse(payload)),
};
