import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import type { PlanId } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { organizationNames } from '@/lib/organizations/names';
import { revisionOf } from '@/lib/revision';
import { announcementDismissalModel, announcementModel } from './model';
import { type AnnouncementKind, canDismiss, isFor, phaseOf } from './policy';

/** Asked for above every page, so each process asks the database only now and then. */
const REMEMBER_MS = 3_000;
const KEY = Symbol.for('chakravue.announcements');
type Shown = { readAt: number; rows: Promise<Awaited<ReturnType<typeof readShown>>> };
const global = globalThis as { [KEY]?: Shown };

/** Those whose time it is; the find apart, so that a test can ask how it is answered. */
export const findShown = async (now: Date) => ({
  find: announcementModel
    .find({ startsAt: op({ $lte: now }), endsAt: op({ $gt: now }) })
    .sort({ endsAt: 1 })
    .limit(50),
});

async function readShown(now: Date) {
  const rows = await (await findShown(now)).find.lean();
  return rows.map((row) => ({
    id: row._id.toString(),
    kind: row.kind as AnnouncementKind,
    title: row.title,
    text: row.text,
    plans: row.plans as PlanId[],
    organizationIds: row.organizationIds.map(String),
    endsAt: row.endsAt,
  }));
}

/** After a change here or by this process; others follow within seconds. */
export function forgetAnnouncements(): void {
  delete global[KEY];
}

/**
 * What a person of an organization sees now: work on the system first. Never keeps a page from being shown.
 */
export async function listShown(
  person: { userId: string; organization: { id: string; plan: PlanId } },
  now = new Date(),
) {
  const known = global[KEY];
  if (!known || now.getTime() - known.readAt > REMEMBER_MS || now.getTime() < known.readAt)
    global[KEY] = { readAt: now.getTime(), rows: readShown(now) };
  const rows =
    (await global[KEY]?.rows.catch(() => {
      forgetAnnouncements();
      return [];
    })) ?? [];
  const meant = rows.filter((row) => row.endsAt > now && isFor(row, person.organization));
  const away = await dismissedBy(
    person.userId,
    meant.filter(({ kind }) => canDismiss(kind)),
  );
  return meant
    .filter(({ id }) => !away.has(id))
    .sort((a, b) => Number(canDismiss(a.kind)) - Number(canDismiss(b.kind)))
    .slice(0, 3)
    .map(({ id, kind, title, text }) => ({ id, kind, title, text, canDismiss: canDismiss(kind) }));
}

/** Which of these the person has put away; asked only while there are any. */
async function dismissedBy(userId: string, shown: readonly { id: string }[]): Promise<Set<string>> {
  if (shown.length === 0) return new Set();
  const rows = await announcementDismissalModel
    .find({ announcementId: op({ $in: shown.map(({ id }) => objectId(id)) }), userId: objectId(userId) })
    .lean()
    // Read once too often is better than no page.
    .catch(() => []);
  return new Set(rows.map(({ announcementId }) => announcementId.toString()));
}
export type ShownAnnouncement = Awaited<ReturnType<typeof listShown>>[number];

type Row = {
  kind: string;
  title: string;
  text: string;
  plans: readonly string[];
  organizationIds: readonly { toString(): string }[];
  startsAt: Date;
  endsAt: Date;
};
/** What its form shows, as it is stored. */
export const formOf = (row: Row) => ({
  kind: row.kind as AnnouncementKind,
  title: row.title,
  text: row.text,
  plans: row.plans as PlanId[],
  organizationIds: row.organizationIds.map(String),
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
});

/** The find behind the company's list; apart from it so that a test can ask how it is answered. */
export const findAnnouncements = async () => ({
  find: announcementModel.find({}).sort({ startsAt: -1, _id: -1 }).limit(100),
});

/** For the company: the newest 100. */
export async function listAnnouncements(_ctx: PlatformContext, now = new Date()) {
  const rows = await (await findAnnouncements()).find.lean();
  const counts = await Promise.all(
    rows.map(({ _id }) => announcementDismissalModel.countDocuments({ announcementId: _id })),
  );
  const names = await organizationNames(rows.flatMap(({ organizationIds }) => organizationIds));
  return rows.map((row, index) => ({
    id: row._id.toString(),
    ...formOf(row),
    organizations: row.organizationIds.map((id) => ({
      id: id.toString(),
      name: names.get(id.toString())?.name ?? 'A former customer',
    })),
    version: revisionOf(formOf(row)),
    createdByName: row.createdByName,
    dismissed: counts[index] ?? 0,
    phase: phaseOf(row, now),
  }));
}
export type Announcement = Awaited<ReturnType<typeof listAnnouncements>>[number];
