import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { platformAuditModel } from '@/lib/master/models/audit-event';
import { toAuditEntry } from '../dto';
import { keyset } from '../keyset';
import type { PageQuery } from '../schema';
import { organizationNames } from './names';

const PAGE_SIZE = 50;

export async function findPlatformAudit(query: PageQuery) {
  const page = keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: -1 }, query, PAGE_SIZE);
  return { page, find: (await platformAuditModel()).find(page.filter).sort(page.sort).limit(page.limit) };
}

/** What the company's people, the system and visitors did, newest first, 50 a page. */
export async function listPlatformAudit(_ctx: PlatformContext, query: PageQuery) {
  const { page, find } = await findPlatformAudit(query);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row.at.toISOString(),
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
