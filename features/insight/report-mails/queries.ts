import 'server-only';
import { readAccess } from '@/features/identity/access/lookup';
import { accessAllows } from '@/lib/auth/permissions';
import { keyset } from '@/lib/keyset';
import { jobModel } from '@/lib/master/models/job';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { type newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { reportMailModel } from './model';
import { inWords, type MailState, mailState } from './policy';
import type { ReportMailListQuery } from './schema';

type Id = ReturnType<typeof newObjectId>;
const PAGE_SIZE = 25;

/** One person's mail as those who lead the organization see it; never what is in it. */
export type ScheduledMail = {
  id: string;
  name: string;
  email: string;
  schedule: string;
  nextAt: string;
  lastSentAt: string | null;
  /** The day of the last one, where the time was not kept. */
  lastSentOn: Day | null;
  state: MailState;
};

/** A page of an organization's mails, the next first; apart, so that a test can ask how it is answered. */
export async function findScheduledMails(ctx: TenantContext, query: ReportMailListQuery) {
  const page = keyset({ field: 'nextAt', kind: 'date', idKind: 'object-id', direction: 1 }, query, PAGE_SIZE);
  const mails = reportMailModel
    .find({ organizationId: objectId(ctx.organizationId), ...page.filter })
    .sort(page.sort)
    .limit(page.limit);
  return { page, mails };
}

/**
 * The work behind the newest mail of one schedule; its key is `<id>:<day>`, so the range ends at the next
 * character.
 */
export async function findNewestJob(id: string) {
  const job = jobModel
    .findOne({ kind: 'reports.mail', key: op({ $gte: `${id}:`, $lt: `${id};` }) })
    .sort({ key: -1 })
    .select('state attempts');
  return { job };
}

async function readPeople(ctx: TenantContext, ids: readonly Id[]) {
  const [users, memberships] = await Promise.all([
    userModel
      .find({ _id: op({ $in: [...ids] }) })
      .select('name email emailVerifiedAt disabledAt')
      .lean(),
    membershipModel
      .find({ userId: op({ $in: [...ids] }), organizationId: objectId(ctx.organizationId), status: 'active' })
      .select('userId role customRoleId')
      .lean(),
  ]);
  const given = await readAccess(ctx, memberships);
  const active = new Map(memberships.map((row) => [row.userId.toString(), row]));
  return new Map(
    users.map((user) => {
      const membership = user.disabledAt ? undefined : active.get(user._id.toString());
      const facts = {
        name: user.name,
        email: user.email,
        isConfirmed: Boolean(user.emailVerifiedAt),
        isMember: Boolean(membership),
        mayRead: membership ? accessAllows(given(membership), 'reports:read') : false,
      };
      return [user._id.toString(), facts];
    }),
  );
}

/** Every scheduled mail of the organization, 25 a page: who gets it, when, and whether it comes through. */
export async function listScheduledMails(ctx: TenantContext, query: ReportMailListQuery) {
  const { page, mails } = await findScheduledMails(ctx, query);
  const { rows, before, after } = page.toPage(await mails.lean(), ({ nextAt, _id }) => [
    nextAt.toISOString(),
    _id.toString(),
  ]);
  const [people, jobs] = await Promise.all([
    readPeople(
      ctx,
      rows.map(({ userId }) => userId),
    ),
    Promise.all(rows.map(async ({ _id }) => (await findNewestJob(_id.toString())).job.lean())),
  ]);
  return {
    mails: rows.map((row, index): ScheduledMail => {
      const person = people.get(row.userId.toString());
      const job = jobs[index];
      return {
        id: row._id.toString(),
        name: person?.name ?? 'Somebody whose account is gone',
        email: person?.email ?? '',
        schedule: inWords(row),
        nextAt: row.nextAt.toISOString(),
        lastSentAt: row.lastSentAt?.toISOString() ?? null,
        lastSentOn: row.sentOn ?? null,
        state: mailState({
          isMember: person?.isMember ?? false,
          mayRead: person?.mayRead ?? false,
          isConfirmed: person?.isConfirmed ?? false,
          job: job ? { state: job.state, attempts: job.attempts } : null,
          wasSent: Boolean(row.lastSentAt ?? row.sentOn),
        }),
      };
    }),
    before,
    after,
  };
}
