import 'server-only';
import { z } from 'zod';
import type { JobHandlers } from '@/lib/jobs/worker';
import { sendMail } from '@/lib/mail/send';
import { mailPasswordReset, mailUnlock, mailVerificationTo } from './account/service';
import { processEvent } from './billing/events';
import { provisionOrganization } from './provisioning/service';
import { projectMembership } from './staff/projection';

const mail = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() });

/** What the worker does for each kind of job. */
export const jobHandlers: JobHandlers = {
  'stripe.event': ({ key }) => processEvent(key),
  'organization.provision': ({ key, token }) => provisionOrganization(key, token),
  'mail.send': ({ payload }) => sendMail(mail.parse(payload)),
  'account.reset-password': ({ key }) => mailPasswordReset(key),
  'account.verify-email': ({ key }) => mailVerificationTo(key),
  'account.unlock': ({ key }) => mailUnlock(key),
  'staff.project': ({ key }) => projectMembership(key),
};
