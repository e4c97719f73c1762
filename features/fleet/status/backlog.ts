import 'server-only';
import { jobModel } from '@/lib/master/models/job';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { op } from '@/lib/mongo';
import type { WorkName } from '@/lib/work/define-work';

const MINUTE_MS = 60_000;
const LATE_MS = 5 * MINUTE_MS;
/** Longer than a job is tried; what failed before waits for a person and says nothing of now. */
const TRIED_MS = 2 * 60 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PATIENCE_MS = 30 * MINUTE_MS;
/** Enough to know that there are many. */
const MOST = 500;
/** Of a mail that is tried again, so often in vain. */
const TRIES = 3;

/** Work that ends in a mail. */
const MAIL_KINDS: WorkName[] = [
  'mail.send',
  'signup.mail',
  'account.reset-password',
  'account.verify-email',
  'account.unlock',
  'account.change-email',
  'reports.mail',
];

/** The reads behind the backlogs; apart, so that a test can ask how they are answered. */
export async function findBacklogs(now: Date) {
  const ago = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
  const receivedAt = (from: number) => op({ $gte: ago(from), $lte: ago(LATE_MS) });
  return {
    eventsLate: stripeEventModel
      .find({ outcome: 'received', receivedAt: receivedAt(DAY_MS) })
      .select('_id')
      .limit(MOST),
    eventsFailed: stripeEventModel
      .find({ outcome: 'failed', receivedAt: receivedAt(TRIED_MS) })
      .select('_id')
      .limit(MOST),
    mailsWaiting: jobModel
      .find({ kind: op({ $in: MAIL_KINDS }), state: 'waiting' })
      .select('runAt attempts')
      .limit(MOST),
    mailsDead: jobModel
      .find({ kind: op({ $in: MAIL_KINDS }), state: 'dead', runAt: op({ $gte: ago(TRIED_MS) }) })
      .select('_id')
      .limit(MOST),
    databasesWaiting: provisioningModel
      .find({ finishedAt: null, createdAt: op({ $gte: ago(DAY_MS), $lte: ago(PATIENCE_MS) }) })
      .select('lastError waitingFor')
      .limit(MOST),
  };
}

export type Backlog = { late: number; failed: number };

/** What Stripe told us and we have not done: not begun for minutes, or tried in vain. */
export async function eventBacklog(now: Date): Promise<Backlog> {
  const { eventsLate, eventsFailed } = await findBacklogs(now);
  const [late, failed] = await Promise.all([eventsLate.lean(), eventsFailed.lean()]);
  return { late: late.length, failed: failed.length };
}

/** Mails that nobody took for minutes, and mails that the server does not take. */
export async function mailBacklog(now: Date): Promise<Backlog> {
  const { mailsWaiting, mailsDead } = await findBacklogs(now);
  const [waiting, dead] = await Promise.all([mailsWaiting.lean(), mailsDead.lean()]);
  const isLate = ({ runAt }: { runAt: Date }) => now.getTime() - runAt.getTime() >= LATE_MS;
  return {
    late: waiting.filter(isLate).length,
    failed: dead.length + waiting.filter((mail) => !isLate(mail) && mail.attempts >= TRIES).length,
  };
}

/** Hospitals that have paid and whose database fails to come; waiting for a vendor is not a failure. */
export async function stuckDatabases(now: Date): Promise<number> {
  const { databasesWaiting } = await findBacklogs(now);
  return (await databasesWaiting.lean()).filter(({ lastError, waitingFor }) => lastError && !waitingFor)
    .length;
}
