import 'server-only';
import { randomUUID } from 'node:crypto';
import { recipientsOf } from '@/features/subscription/billing/mails';
import { env } from '@/lib/env';
import { duplicateKey } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { usageDayModel } from '@/lib/master/models/usage-day';
import { usagePersonModel } from '@/lib/master/models/usage-person';
import { formatBytes } from '@/lib/money';
import { objectId, op } from '@/lib/mongo';
import { forEachTenant } from '@/lib/organizations/each';
import { shownState } from '@/lib/organizations/standing';
import { paths } from '@/lib/paths';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Day, shiftDay, today } from '@/lib/time';
import { flushUse } from '@/lib/usage/recorder';
import { usageSummaryModel } from './model';
import { healthOf, isWellBelow, shareToTell } from './policy';

/** The hourly run over all organizations. */
export async function summarizeAllUse(now = new Date()): Promise<void> {
  await flushUse();
  await forEachTenant('use could not be summarized', ({ organizationId, db }) =>
    summarizeUse(organizationId, db, now),
  );
  const gone = await organizationModel.find({ status: 'deleted' }).select('_id').lean();
  await usageSummaryModel.deleteMany({ _id: op({ $in: gone.map(({ _id }) => _id) }) });
}

/** Who worked when, in the last 30 days (UTC). */
async function peopleOf(organizationId: string, now: Date) {
  const last = today('UTC', now);
  const rows = await usagePersonModel
    .find({ organizationId: objectId(organizationId), day: op({ $gt: shiftDay(last, -30), $lte: last }) })
    .select('day userId at')
    .lean();
  const within = (from: Day, to: Day): number =>
    new Set(rows.filter(({ day }) => day > from && day <= to).map(({ userId }) => userId)).size;
  return {
    activeUsers: {
      last7: within(shiftDay(last, -7), last),
      before7: within(shiftDay(last, -14), shiftDay(last, -7)),
      last30: within(shiftDay(last, -30), last),
    },
    ofDay: (day: Day): number => rows.filter((row) => row.day === day).length,
    lastSeenAt: rows.reduce<Date | null>((latest, { at }) => (latest && latest > at ? latest : at), null),
  };
}

/** Writes what an organization uses now and how it does, and tells its owner of limits that come near. */
export async function summarizeUse(
  organizationId: string,
  db: Pick<TenantDatabase, 'stats'>,
  now = new Date(),
): Promise<void> {
  const _id = objectId(organizationId);
  const organization = await organizationModel.findById(_id).orFail().lean();
  const people = await peopleOf(organizationId, now);
  const { sizeBytes: databaseBytes } = await db.stats();
  const known = await usageSummaryModel.findById(_id).select('lastSeenAt').lean();
  const seen = [people.lastSeenAt, known?.lastSeenAt].filter((at) => at && at.getTime() > 0);
  const lastSeenAt = seen.length > 0 ? new Date(Math.max(...seen.map((at) => at?.getTime() ?? 0))) : null;
  const use = {
    staff: organization.usage?.seats ?? 0,
    staffLimit: organization.features.maxUsers ?? null,
    storageBytes: organization.usage?.storageBytes ?? 0,
    storageLimit: organization.features.maxStorage ?? null,
  };
  const health = healthOf(
    {
      ...use,
      status: organization.status,
      isSuspended: Boolean(organization.suspension),
      isCancelling: organization.subscription?.cancelAtPeriodEnd ?? false,
      createdAt: organization.createdAt,
      lastSeenAt,
      activeUsers: people.activeUsers,
    },
    now,
  );
  const summary = {
    ...use,
    ...health,
    name: organization.organizationName,
    nameKey: organization.nameKey,
    plan: organization.plan,
    status: shownState(organization),
    isCustomer: (organization.purpose ?? 'customer') === 'customer',
    databaseBytes,
    activeUsers: people.activeUsers,
    lastSeenAt: lastSeenAt ?? new Date(0),
    summarizedAt: now,
  };
  await usageSummaryModel
    .updateOne({ _id }, { $set: summary }, { upsert: true, setDefaultsOnInsert: true })
    .catch((error: unknown) => {
      // Another process made the row a moment ago, with the same figures.
      if (!duplicateKey(error)) throw error;
    });
  const { staff, storageBytes } = use;
  const day = today('UTC', now);
  await usageDayModel.updateOne(
    { organizationId: _id, day },
    { $set: { staff, storageBytes, databaseBytes, activeUsers: people.ofDay(day) } },
    { upsert: true },
  );
  // Yesterday has ended since the last run: its people are complete now.
  const yesterday = shiftDay(day, -1);
  await usageDayModel.updateOne(
    { organizationId: _id, day: yesterday },
    { $set: { activeUsers: people.ofDay(yesterday) } },
  );

  const facts = { id: organizationId, name: organization.organizationName };
  await tellOfLimit(facts, 'staff', use.staff, use.staffLimit);
  await tellOfLimit(facts, 'storage', use.storageBytes, use.storageLimit);
}

const WORDS = {
  staff: { title: 'staff accounts', say: (value: number) => String(value) },
  storage: { title: 'storage', say: formatBytes },
} as const;

/** Once per crossing, whichever process sees it first: the row says what was told. */
async function tellOfLimit(
  { id, name }: { id: string; name: string },
  what: keyof typeof WORDS,
  used: number,
  limit: number | null,
): Promise<void> {
  const _id = objectId(id);
  const field = `told.${what}` as const;
  if (isWellBelow(used, limit)) {
    await usageSummaryModel.updateOne({ _id, [field]: op({ $gt: 0 }) }, { $set: { [field]: 0 } });
    return;
  }
  const share = shareToTell(used, limit);
  if (share === 0 || limit === null) return;
  const { title, say } = WORDS[what];
  const recipients = await recipientsOf(_id);
  const isFull = share === 100;
  await masterTransaction(async (session) => {
    const first = await usageSummaryModel.updateOne(
      { _id, [field]: op({ $lt: share }) },
      { $set: { [field]: share } },
      { session },
    );
    if (first.modifiedCount !== 1) return;
    for (const { name: person, email } of recipients) {
      const mail = composeMail({
        to: email,
        subject: isFull ? `${name} has used all its ${title}` : `${name} has used 80% of its ${title}`,
        name: person,
        paragraphs: [
          `${say(used)} of ${say(limit)} are used.`,
          isFull
            ? 'Nothing is lost and everybody can go on working, but nothing can be added until there is room again.'
            : 'Nothing is wrong yet. When the limit is reached, nothing can be added until there is room again.',
        ],
        button: { label: 'Look at what is used', url: `${env().NEXTAUTH_URL}${paths.usage}` },
      });
      await enqueueMail(`limit:${id}:${what}:${randomUUID()}`, mail, { session, organizationId: id });
    }
  });
}
