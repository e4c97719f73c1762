import 'server-only';
import { isEmailVerified } from '@/features/identity/account/queries';
import { actorId } from '@/features/identity/account/service/confirm-password';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { signValue, verifySignedValue } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError, notFoundError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf } from '@/lib/time';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { reportMailModel } from './model';
import { inWords, nextTime } from './policy';
import type { ReportMailInput } from './schema';

const scheduleOfActor = (ctx: TenantContext) => ({
  userId: objectId(actorId(ctx)),
  organizationId: objectId(ctx.organizationId),
});

/**
 * @throws AppError CONFLICT while the address is not confirmed: figures of a hospital go to nobody unknown.
 */
export async function scheduleReportMail(
  ctx: TenantContext,
  input: ReportMailInput,
  now = new Date(),
): Promise<void> {
  requireEntitlement(ctx, 'reports');
  if (!(await isEmailVerified(ctx)))
    throw new AppError('CONFLICT', 'Confirm your e-mail address under Your account first.');
  const nextAt = nextTime(input, now, ctx.timeZone);
  await auditedMasterWrite(ctx, (session) =>
    reportMailModel.updateOne(
      scheduleOfActor(ctx),
      { $set: { ...input, nextAt } },
      { upsert: true, session },
    ),
  );
}

export async function stopReportMail(ctx: TenantContext): Promise<void> {
  await auditedMasterWrite(ctx, (session) => reportMailModel.deleteOne(scheduleOfActor(ctx), { session }));
}

/**
 * Ends the mails of any person; one that is on its way stays away too. @returns whose they were.
 * @throws AppError NOT_FOUND, also for those of other organizations.
 */
export async function stopReportMailOf(
  ctx: TenantContext,
  reportMailId: string,
): Promise<{ userId: string }> {
  const own = { _id: objectId(reportMailId, 'mail'), organizationId: objectId(ctx.organizationId) };
  return auditedMasterWrite(ctx, async (session) => {
    const row = await reportMailModel.findOneAndDelete(own, { session }).lean();
    if (!row) throw notFoundError('mail');
    const userId = row.userId.toString();
    ctx.audit?.about(`staff:${userId}`);
    noteChange(ctx, { schedule: inWords(row) }, null, ['schedule']);
    return { userId };
  });
}

export async function findReportMail(ctx: TenantContext) {
  const row = await reportMailModel.findOne(scheduleOfActor(ctx)).lean();
  return row
    ? { every: row.every, weekday: row.weekday, hour: row.hour, nextAt: row.nextAt.toISOString() }
    : null;
}
export type ReportMail = NonNullable<Awaited<ReturnType<typeof findReportMail>>>;

/**
 * Asks for each mail whose time has come. The time moves on in the transaction that asks, so that of several
 * processes one asks, and one that was away sends the newest and not all that it missed.
 * @returns how many were asked for.
 */
export async function enqueueReportMails(now = new Date()): Promise<number> {
  const due = await reportMailModel
    .find({ nextAt: op({ $lte: now }) })
    .sort({ nextAt: 1 })
    .limit(1_000)
    .lean();
  let asked = 0;
  for (const row of due) {
    const organization = await organizationModel
      .findById(row.organizationId)
      .select('timeZone status')
      .lean();
    if (!organization || organization.status === 'deleted') {
      await reportMailModel.deleteOne({ _id: row._id });
      continue;
    }
    const nextAt = nextTime(row, now, organization.timeZone);
    await masterTransaction(async (session) => {
      const moved = await reportMailModel.updateOne(
        { _id: row._id, nextAt: row.nextAt },
        { $set: { nextAt } },
        { session },
      );
      if (moved.modifiedCount !== 1) return;
      const day = dayOf(now, organization.timeZone);
      await enqueue('reports.mail', `${row._id}:${day}`, {}, { session });
      asked++;
    });
  }
  if (asked > 0) wakeWorker();
  return asked;
}

const PURPOSE = 'report-mail-stop';
const LINK_DAYS = 400;

/** Stops one person's mails and opens nothing. */
export const unsubscribeToken = (id: string, now: Date): string =>
  signValue(PURPOSE, id, new Date(now.getTime() + LINK_DAYS * 86_400_000));
export const unsubscribeLink = (token: string): string => `${env().NEXTAUTH_URL}${paths.unsubscribe(token)}`;

export const canUnsubscribe = (token: string): boolean => verifySignedValue(PURPOSE, token) !== null;

/**
 * Without signing in, as often as one likes.
 * @throws AppError NOT_FOUND for a link that is forged or too old.
 */
export async function unsubscribe(token: string): Promise<void> {
  const id = verifySignedValue(PURPOSE, token);
  if (!id) throw new AppError('NOT_FOUND', 'This link is wrong or too old. Stop the mail under Reports.');
  await reportMailModel.deleteOne({ _id: objectId(id) });
}
