import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { platformLedger } from '@/lib/audit/ledger';
import { recordPlatformAudit } from '@/lib/audit/record';
import { verifyLedger } from '@/lib/audit/verify';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { toAuditEntry } from '../dto';
import { keyset } from '../keyset';
import type { PlatformAuditQuery } from '../schema';
import { organizationNames } from './names';

const PAGE_SIZE = 50;

/** Each filter is served by an index that ends in the entry's number; a second one narrows what it finds. */
export async function findPlatformAudit({ q, result, organization, ...paging }: PlatformAuditQuery) {
  const page = keyset(
    { field: 'seq', kind: 'number', idKind: 'object-id', direction: -1 },
    paging,
    PAGE_SIZE,
  );
  const filter = {
    ...(q ? { action: q } : {}),
    ...(organization ? { organizationId: organization } : {}),
    ...(result ? { result } : {}),
    ...page.filter,
  };
  // The number is unique: nothing has to part equal ones.
  return {
    page,
    find: (await platformAuditModel())
      .find(filter)
      .sort({ seq: page.sort.seq ?? -1 })
      .limit(page.limit),
  };
}

/** What the company's people, the system and visitors did, newest first, 50 a page. */
export async function listPlatformAudit(_ctx: PlatformContext, query: PlatformAuditQuery) {
  const { page, find } = await findPlatformAudit(query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    String(row.seq),
    row._id.toString(),
  ]);
  const names = await organizationNames(rows.map(({ organizationId }) => organizationId));
  return {
    entries: rows.map((row) =>
      toAuditEntry(row, row.organizationId ? names.get(row.organizationId.toString()) : null),
    ),
    before,
    after,
  };
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
