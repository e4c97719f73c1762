import 'server-only';
import { cache } from 'react';
import type { PlatformContext } from '@/lib/actions/platform';
import { keyset } from '@/lib/keyset';
import { userModel } from '@/lib/master/models/user';
import type { PlatformRole } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { noticeModel, noticeReaderModel } from './model';
import {
  choicesOf,
  NOTICE_CHOICES,
  type NoticeChoice,
  type NoticeChoices,
  type NoticeEntry,
  type NoticeKind,
  ROLE_KINDS,
  shownKinds,
} from './policy';
import type { NoticeListQuery } from './schema';

const PAGE_SIZE = 30;
/** The bell says "9+" beyond. */
const MOST_COUNTED = 10;

const isChoice = (value: unknown): value is NoticeChoice =>
  (NOTICE_CHOICES as readonly unknown[]).includes(value);

/** A map of the database as it is read lean: a plain object. */
export function readChoices(stored: unknown): NoticeChoices {
  const given = new Map(Object.entries(stored instanceof Map ? Object.fromEntries(stored) : (stored ?? {})));
  const chosen: NoticeChoices = {};
  for (const kind of ROLE_KINDS) {
    const choice = given.get(kind);
    if (isChoice(choice)) chosen[kind] = choice;
  }
  return chosen;
}

/** Once for a page: the bell, the list and the form ask for the same person. */
const readerOf = cache(async (userId: string) => {
  const id = objectId(userId);
  const [row, user] = await Promise.all([
    noticeReaderModel.findById(id).lean(),
    userModel.findById(id).select('platformRole').lean(),
  ]);
  return {
    role: (user?.platformRole ?? null) as PlatformRole | null,
    chosen: readChoices(row?.choices),
    seenAt: row?.seenAt ?? null,
    version: row?.version ?? 0,
  };
});

/** What somebody of the company has chosen, for the form. */
export async function getNoticeChoices({ actor }: PlatformContext) {
  const { role, chosen, version } = await readerOf(actor.userId);
  return { choices: role ? choicesOf(role, chosen) : [], version };
}

/** What is for everybody of some kinds, and for this person alone. */
const shownTo = (userId: string, kinds: readonly NoticeKind[]) => ({
  kind: op({ $in: [...kinds] }),
  forId: op({ $in: [null, objectId(userId)] }),
});

/** How many are new behind the bell, at most ten. */
export async function countNewNotices(userId: string): Promise<number> {
  const { role, chosen, seenAt } = await readerOf(userId);
  if (!role) return 0;
  return noticeModel.countDocuments(
    { at: op({ $gt: seenAt ?? new Date(0) }), ...shownTo(userId, shownKinds(role, chosen)) },
    { limit: MOST_COUNTED },
  );
}

/** The find behind the list; apart, so that a test can ask how it is answered. */
export function findNotices(userId: string, kinds: readonly NoticeKind[], query: NoticeListQuery) {
  const page = keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: -1 }, query, PAGE_SIZE);
  return {
    page,
    find: noticeModel
      .find({ ...shownTo(userId, kinds), ...page.filter })
      .sort(page.sort)
      .limit(page.limit),
  };
}

/** What this person of the company should know of, newest first, 30 a page. */
export async function listNotices({ actor }: PlatformContext, query: NoticeListQuery) {
  const { role, chosen, seenAt } = await readerOf(actor.userId);
  const { page, find } = findNotices(actor.userId, role ? shownKinds(role, chosen) : [], query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row.at.toISOString(),
    row._id.toString(),
  ]);
  const notices = rows.map(
    (row): NoticeEntry => ({
      id: row._id.toString(),
      kind: row.kind,
      title: row.title,
      detail: row.detail ?? null,
      href: row.href,
      at: row.at.toISOString(),
      isNew: !seenAt || row.at > seenAt,
    }),
  );
  return { notices, before, after };
}
