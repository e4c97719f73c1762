import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { keyset } from '@/lib/keyset';
import { billingDriftModel, reconciliationModel } from '@/lib/master/models/billing-drift';
import { organizationNames } from '@/lib/organizations/names';
import type { PageQuery } from '../schema';

const PAGE_SIZE = 50;
const RUNS = 7;

/** The find behind the page; apart from it so that a test can ask how it is answered. */
export async function findDrifts(query: PageQuery) {
  const page = keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: -1 }, query, PAGE_SIZE);
  const find = billingDriftModel.find(page.filter).sort(page.sort).limit(page.limit);
  return { page, find };
}

/** What comparisons with Stripe found and put right, newest first, 50 a page; and the last runs. */
export async function listDrifts(_ctx: PlatformContext, query: PageQuery) {
  const { page, find } = await findDrifts(query);
  const [found, runs] = await Promise.all([
    find.lean(),
    reconciliationModel.find().sort({ startedAt: -1 }).limit(RUNS).lean(),
  ]);
  const { rows, before, after } = page.toPage(found, (row) => [row.at.toISOString(), row._id.toString()]);
  const names = await organizationNames(rows.map(({ organizationId }) => organizationId));
  return {
    drifts: rows.map((row) => ({
      id: row._id.toString(),
      organizationId: row.organizationId.toString(),
      name: names.get(row.organizationId.toString())?.name ?? 'A deleted organization',
      field: row.field,
      ours: row.ours,
      stripe: row.stripe,
      at: row.at.toISOString(),
    })),
    runs: runs.map((run) => ({
      id: run._id,
      startedAt: run.startedAt.toISOString(),
      finishedAt: run.finishedAt?.toISOString() ?? null,
      compared: run.compared,
      drifted: run.drifted,
      failed: run.failed,
    })),
    before,
    after,
  };
}
type Reconciliation = Awaited<ReturnType<typeof listDrifts>>;
export type DriftEntry = Reconciliation['drifts'][number];
export type ReconciliationRun = Reconciliation['runs'][number];
