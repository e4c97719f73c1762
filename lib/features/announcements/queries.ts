import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { announcementModel } from '@/lib/master/models/announcement';
import type { PlanId } from '@/lib/master/vocabulary';
import { op } from '@/lib/mongo';
import { type AnnouncementKind, canDismiss, isFor, phaseOf } from './policy';

/** Asked for above every page, so each process asks the database only now and then. */
const REMEMBER_MS = 15_000;
const KEY = Symbol.for('chakravue.announcements');
type Shown = { readAt: number; rows: Promise<Awaited<ReturnType<typeof readShown>>> };
const global = globalThis as { [KEY]?: Shown };

async function readShown(now: Date) {
  const rows = await (await announcementModel())
    .find({ startsAt: op({ $lte: now }), endsAt: op({ $gt: now }) })
    .sort({ endsAt: 1 })
    .limit(50)
    .lean();
  return rows.map((row) => ({
    id: row._id.toString(),
    kind: row.kind as AnnouncementKind,
    title: row.title,
    text: row.text,
    plans: row.plans as PlanId[],
    organizationIds: row.organizationIds.map(String),
    dismissedBy: new Set(row.dismissedBy.map(String)),
    endsAt: row.endsAt,
  }));
}

/** After a change here or by this process; others follow within seconds. */
export function forgetAnnouncements(): void {
  delete global[KEY];
}

/** What a person of an organization sees now: work on the system first. Never keeps a page from being shown. */
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
  return rows
    .filter((row) => row.endsAt > now && isFor(row, person.organization))
    .filter((row) => !(canDismiss(row.kind) && row.dismissedBy.has(person.userId)))
    .sort((a, b) => Number(canDismiss(a.kind)) - Number(canDismiss(b.kind)))
    .slice(0, 3)
    .map(({ id, kind, title, text }) => ({ id, kind, title, text, canDismiss: canDismiss(kind) }));
}
export type ShownAnnouncement = Awaited<ReturnType<typeof listShown>>[number];

/** For the company: the newest 100. */
export async function listAnnouncements(_ctx: PlatformContext, now = new Date()) {
  const rows = await (await announcementModel()).find({}).sort({ startsAt: -1, _id: -1 }).limit(100).lean();
  return rows.map((row) => ({
    id: row._id.toString(),
    kind: row.kind as AnnouncementKind,
    title: row.title,
    text: row.text,
    plans: row.plans as PlanId[],
    organizationIds: row.organizationIds.map(String),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    createdByName: row.createdByName,
    dismissed: row.dismissedBy.length,
    phase: phaseOf(row, now),
  }));
}
export type Announcement = Awaited<ReturnType<typeof listAnnouncements>>[number];
