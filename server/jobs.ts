import 'server-only';
import { z } from 'zod';
import { fillFirst } from '@/features/fleet/demos/service';
import { migrateFleet, resealOrganization } from '@/features/fleet/migrations/service';
import { backUpEverybody, runOperation, sweepOperations } from '@/features/fleet/operations/service';
import { fillPool } from '@/features/fleet/provisioning/pool';
import { provisionOrganization } from '@/features/fleet/provisioning/service';
import { measureStatus } from '@/features/fleet/status/measure';
import { MEASURE_EVERY_MINUTES } from '@/features/fleet/status/measured';
import { summarizeAllUse } from '@/features/fleet/usage/summarize';
import { mailEmailChange } from '@/features/identity/account/change-email';
import { mailSignup } from '@/features/identity/account/ownership';
import { recordSignIn } from '@/features/identity/account/record-sign-in';
import { mailPasswordReset, mailUnlock, mailVerificationTo } from '@/features/identity/account/service';
import { projectMembership } from '@/features/identity/staff/projection';
import { maintainAllAudits } from '@/features/insight/audit/maintain';
import { sendReportMail } from '@/features/insight/report-mails/send';
import { enqueueReportMails } from '@/features/insight/report-mails/service';
import { rollUpAll } from '@/features/insight/reports/rollups/roll-up';
import { recountAllStorage } from '@/features/patients/files/recount';
import { advanceOrganization } from '@/features/subscription/billing/advance';
import { advanceNonPayment } from '@/features/subscription/billing/dunning';
import { processEvent } from '@/features/subscription/billing/events';
import { reconcileAll } from '@/features/subscription/billing/reconcile';
import { expireGrant } from '@/features/support/support-access/service';
import { removeUnsent } from '@/features/support/tickets/attachments';
import { watchTickets } from '@/features/support/tickets/watch';
import { env } from '@/lib/env';
import type { Periodic } from '@/lib/jobs/periodic';
import type { JobHandlers } from '@/lib/jobs/worker';
import { sendMail } from '@/lib/mail/send';
import { measureCells } from '@/lib/provisioning/cells';

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
