import 'server-only';
import type { ExportedEntry } from '@/features/insight/audit/columns';
import { toAuditLogEntry } from '@/features/insight/audit/dto';
import type { PlatformContext } from '@/lib/actions/platform';
import { readHead } from '@/lib/audit/chain';
import { platformLedger } from '@/lib/audit/ledger';
import { recordPlatformAudit } from '@/lib/audit/record';
import { verifyLedger } from '@/lib/audit/verify';
import { keyset } from '@/lib/keyset';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { userModel } from '@/lib/master/models/user';
import { op } from '@/lib/mongo';
import { organizationNames } from '@/lib/organizations/names';
import { dayRange } from '@/lib/wall-clock';
import { toAuditEntry } from '../dto';
import type { PlatformAuditQuery } from '../schema';

const PAGE_SIZE = 50;
const EXPORT_STEP = 500;

/**
 * The entry numbers of a period. Time never runs backwards along the chain, so a period is one range of it.
 */
async function rangeOf({ from, to }: PlatformAuditQuery) {
  if (!from && !to) return {};
  const newest = (await readHead(platformLedger()))?.seq ?? 0;
  const seqAt = async (bound: Date) => {
    const first = platformAuditModel.findOne({ at: op({ $gte: bound }) }).sort({ at: 1, seq: 1 });
    return (await first.select('seq').lean())?.seq ?? newest + 1;
  };
  const $gte = from ? await seqAt(dayRange(from, 'UTC').start) : 0;
  const $lt = to ? await seqAt(dayRange(to, 'UTC').end) : newest + 1;
  return { $and: [{ seq: op({ $gte, $lt }) }] };
}

/** The organization that a filter is about, by its name; null where none is, or it is gone. */
export async function findNamedOrganization(_ctx: PlatformContext, organizationId: string | undefined) {
  return (await organizationNames([organizationId])).get(organizationId ?? '') ?? null;
}

/** Visitors are known by their network address, everybody else by an account. */
async function actorOf(who: string) {
  if (!who.includes('@')) return { 'actor.id': who };
  const user = await userModel.findOne({ emailKey: who.toLowerCase() }).select('_id').lean();
  return { 'actor.id': user?._id.toString() ?? 'nobody' };
}

/** Each filter is served by an index that ends in the entry's number; a second one narrows what it finds. */
export async function findPlatformAudit(query: PlatformAuditQuery, pageSize = PAGE_SIZE) {
  const { q, result, organization, who, after, before } = query;
  const page = keyset(
    { field: 'seq', kind: 'number', idKind: 'object-id', direction: -1 },
    { after, before },
    pageSize,
  );
  const filter = {
    ...(q ? { action: q } : {}),
    ...(organization ? { organizationId: organization } : {}),
    ...(result ? { result } : {}),
    ...(who ? await actorOf(who) : {}),
    ...(await rangeOf(query)),
    ...page.filter,
  };
  // The number is unique: nothing has to part equal ones.
  return {
    page,
    find: platformAuditModel
      .find(filter)
      .sort({ seq: page.sort.seq ?? -1 })
      .limit(page.limit),
  };
}

const cursorOf = (row: { seq: number; _id: { toString(): string } }): [string, string] => [
  String(row.seq),
  row._id.toString(),
];

/** What the company's people, the system and visitors did, newest first, 50 a page. */
export async function listPlatformAudit(_ctx: PlatformContext, query: PlatformAuditQuery) {
  const { page, find } = await findPlatformAudit(query);
  const { rows, before, after } = page.toPage(await find.lean(), cursorOf);
  const names = await organizationNames(rows.map(({ organizationId }) => organizationId));
  return {
    entries: rows.map((row) =>
      toAuditEntry(row, row.organizationId ? names.get(row.organizationId.toString()) : null),
    ),
    before,
    after,
  };
}

/** The log as filtered, newest first, read in steps. */
export async function* eachPlatformAuditEntry(
  _ctx: PlatformContext,
  query: PlatformAuditQuery,
): AsyncGenerator<ExportedEntry> {
  let after: string | undefined;
  do {
    const { page, find } = await findPlatformAudit({ ...query, before: undefined, after }, EXPORT_STEP);
    const next = page.toPage(await find.lean(), cursorOf);
    for (const row of next.rows)
      yield { ...toAuditLogEntry(row), organizationId: row.organizationId ?? null };
    after = next.after ?? undefined;
  } while (after);
}

/** Checks the whole chain in steps; that somebody did is written first, so that it is checked as well. */
export async function* verifyPlatformAudit(ctx: PlatformContext): ReturnType<typeof verifyLedger> {
  await recordPlatformAudit({
    actor: { kind: 'platform', id: ctx.actor.userId, name: ctx.actor.name },
    action: 'audit.verify',
    requestId: ctx.requestId,
    request: ctx.request,
  });
  yield* verifyLedger(platformLedger());
}
