import 'server-only';
import type { InferSchemaType } from 'mongoose';
import type { PlatformContext } from '@/lib/actions/platform';
import { keyset } from '@/lib/keyset';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { organizationNames } from '@/lib/organizations/names';
import { feedbackModel } from './model';
import { MOODS, type Mood } from './policy';
import type { FeedbackListQuery } from './schema';

const PAGE_SIZE = 25;
const EXPORT_STEP = 200;
const DAYS = 30;

type Row = InferSchemaType<(typeof feedbackModel)['schema']> & {
  _id: ReturnType<typeof objectId>;
};

/** The find behind the list; apart from it so that a test can ask how it is answered. */
export async function findFeedback(query: FeedbackListQuery, pageSize = PAGE_SIZE) {
  const page = keyset(
    { field: 'createdAt', kind: 'date', idKind: 'object-id', direction: -1 },
    query,
    pageSize,
  );
  const find = feedbackModel
    .find({
      ...(query.mood ? { mood: Number(query.mood) } : {}),
      ...(query.unread ? { readAt: null } : {}),
      ...(query.organization ? { organizationId: objectId(query.organization) } : {}),
      ...page.filter,
    })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

async function toEntries(rows: readonly Row[]) {
  const names = await organizationNames(rows.map(({ organizationId }) => organizationId.toString()));
  const contacts = rows.filter(({ mayContact }) => mayContact).map(({ userId }) => userId);
  const users = await userModel
    .find({ _id: op({ $in: contacts }) })
    .select('email')
    .lean();
  const emails = new Map(users.map(({ _id, email }) => [_id.toString(), email]));
  return rows.map((row) => ({
    id: row._id.toString(),
    at: row.createdAt.toISOString(),
    organizationId: row.organizationId.toString(),
    organization: names.get(row.organizationId.toString())?.name ?? '',
    name: row.userName,
    role: row.role,
    mood: String(row.mood) as Mood,
    text: row.text,
    page: row.page,
    /** Only of who said that we may write. */
    email: row.mayContact ? (emails.get(row.userId.toString()) ?? null) : null,
    isRead: Boolean(row.readAt),
  }));
}
export type FeedbackEntry = Awaited<ReturnType<typeof toEntries>>[number];

/** 25 a page, newest first. */
export async function listFeedback(_ctx: PlatformContext, query: FeedbackListQuery) {
  const { page, find } = await findFeedback(query);
  const { rows, before, after } = page.toPage((await find.lean()) as Row[], (row) => [
    row.createdAt.toISOString(),
    row._id.toString(),
  ]);
  return { entries: await toEntries(rows), before, after };
}

/** How many of each mood in the last 30 days, their mean, and how many nobody has read. */
export async function summarizeFeedback(_ctx: PlatformContext, now = new Date()) {
  const since = op({ $gte: new Date(now.getTime() - DAYS * 86_400_000) });
  const moods = Object.keys(MOODS) as Mood[];
  const counts = await Promise.all(
    moods.map((mood) => feedbackModel.countDocuments({ mood: Number(mood), createdAt: since })),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  const points = counts.reduce((sum, count, index) => sum + count * (index + 1), 0);
  return {
    moods: moods.map((mood, index) => ({ mood, count: counts[index] ?? 0 })),
    total,
    mean: total > 0 ? points / total : null,
    unread: await feedbackModel.countDocuments({ readAt: null }),
  };
}

/** Everything that the filter finds, newest first, read in steps. */
export async function* eachFeedback(
  _ctx: PlatformContext,
  query: FeedbackListQuery,
): AsyncGenerator<FeedbackEntry> {
  let after: string | undefined;
  do {
    const { page, find } = await findFeedback({ ...query, after, before: undefined }, EXPORT_STEP);
    const found = page.toPage((await find.lean()) as Row[], (row) => [
      row.createdAt.toISOString(),
      row._id.toString(),
    ]);
    yield* await toEntries(found.rows);
    after = found.after ?? undefined;
  } while (after);
}
