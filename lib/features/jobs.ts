import 'server-only';
import { z } from 'zod';
import { env } from '@/lib/env';
import type { Periodic } from '@/lib/jobs/periodic';
import type { JobHandlers } from '@/lib/jobs/worker';
import { sendMail } from '@/lib/mail/send';
import { measureCells } from '@/lib/provisioning/cells';
import { mailEmailChange } from './account/change-email';
import { recordSignIn } from './account/record-sign-in';
import { mailPasswordReset, mailUnlock, mailVerificationTo } from './account/service';
import { maintainAllAudits } from './audit/maintain';
import { advanceOrganization } from './billing/advance';
import { advanceNonPayment } from './billing/dunning';
import { processEvent } from './billing/events';
import { reconcileAll } from './billing/reconcile';
import { fillFirst } from './demos/service';
import { recountAllStorage } from './files/recount';
import { migrateFleet, resealOrganization } from './migrations/service';
import { backUpEverybody, runOperation, sweepOperations } from './operations/service';
import { fillPool } from './provisioning/pool';
import { provisionOrganization } from './provisioning/service';
import { sendReportMail } from './report-mails/send';
import { enqueueReportMails } from './report-mails/service';
import { rollUpAll } from './reports/rollups/roll-up';
import { mailSignup } from './signup/holder';
import { projectMembership } from './staff/projection';
import { measureStatus } from './status/measure';
import { MEASURE_EVERY_MINUTES } from './status/measured';
import { expireGrant } from './support-access/service';
import { removeUnsent } from './tickets/attachments';
import { watchTickets } from './tickets/watch';
import { summarizeAllUse } from './usage/summarize';

const changeEmail = z.object({ newEmail: z.string() });
const mail = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  replyTo: z.string().optional(),
});

/** What the worker does for each kind of job. */
export const jobHandlers: JobHandlers = {
  'stripe.event': ({ key }) => processEvent(key),
  'billing.advance': async () => {
    await advanceNonPayment();
  },
  'billing.advance-organization': ({ key }) => advanceOrganization(key),
  'billing.reconcile': async () => {
    await reconcileAll();
  },
  'organization.migrate': async () => {
    if (env().TENANT_MIGRATIONS === 'automatic') await migrateFleet();
  },
  'organization.provision': ({ key, token }) => provisionOrganization(key, token),
  'cells.measure': () => measureCells(),
  'databases.prepare': () => fillPool(),
  'organization.fill': ({ key }) => fillFirst(key),
  'organization.operate': ({ key, token }) => runOperation(key, token),
  'operations.sweep': () => sweepOperations(),
  'backups.nightly': () => backUpEverybody(),
  'organization.reseal': async ({ key }) => {
    await resealOrganization(key);
  },
  'mail.send': ({ payload }) => {
    const { replyTo, ...letter } = mail.parse(payload);
    return sendMail({ ...letter, ...(replyTo ? { replyTo } : {}) });
  },
  'signup.mail': ({ key }) => mailSignup(key),
  'account.record-sign-in': ({ key }) => recordSignIn(key),
  'account.reset-password': ({ key }) => mailPasswordReset(key),
  'account.verify-email': ({ key }) => mailVerificationTo(key),
  'account.unlock': ({ key }) => mailUnlock(key),
  'account.change-email': ({ key, payload }) => mailEmailChange(key, changeEmail.parse(payload).newEmail),
  'audit.maintain': () => maintainAllAudits(),
  'reports.roll-up': () => rollUpAll(),
  'reports.due': async () => {
    await enqueueReportMails();
  },
  'reports.mail': ({ key }) => sendReportMail(key),
  'files.recount': () => recountAllStorage(),
  'tickets.watch': async () => {
    await watchTickets();
    await removeUnsent();
  },
  'usage.summarize': () => summarizeAllUse(),
  'staff.project': ({ key }) => projectMembership(key),
  'status.measure': () => measureStatus(),
  'support.expire': ({ key }) => expireGrant(key),
};

/** What is asked for again and again; `npm run dev` and production alike. */
export const periodicJobs: readonly Periodic[] = [
  { kind: 'billing.advance', everyMinutes: 10 },
  { kind: 'billing.reconcile', everyMinutes: 24 * 60 },
  { kind: 'audit.maintain', everyMinutes: 60 },
  { kind: 'reports.roll-up', everyMinutes: 60 },
  { kind: 'reports.due', everyMinutes: 5 },
  { kind: 'cells.measure', everyMinutes: 10 },
  { kind: 'databases.prepare', everyMinutes: 5 },
  { kind: 'files.recount', everyMinutes: 24 * 60 },
  { kind: 'status.measure', everyMinutes: MEASURE_EVERY_MINUTES },
  { kind: 'tickets.watch', everyMinutes: 1 },
  { kind: 'usage.summarize', everyMinutes: 60 },
  { kind: 'operations.sweep', everyMinutes: 1 },
  { kind: 'backups.nightly', everyMinutes: 24 * 60 },
  { kind: 'organization.migrate', everyMinutes: 5 },
];
