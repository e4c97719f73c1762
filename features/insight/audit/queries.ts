import 'server-only';
import { findPatients } from '@/features/patients/patients/queries';
import { readHead } from '@/lib/audit/chain';
import { auditActorModel, auditEventModel, tenantLedger } from '@/lib/audit/ledger';
import { recordAudit } from '@/lib/audit/record';
import { verifyLedger } from '@/lib/audit/verify';
import { escapeRegExp, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayRange } from '@/lib/wall-clock';
import { type AuditLogEntry, toAuditLogEntry } from './dto';
import type { AuditQuery } from './schema';

const PAGE_SIZE = 50;
const EXPORT_STEP = 500;
const MOST_PEOPLE = 10;
const OPENINGS_SHOWN = 20;

export type AuditPage = {
  entries: AuditLogEntry[];
  /** The number to go on from, or null at the end. */
  older: number | null;
  newer: number | null;
};

type Filter = Record<string, unknown>;

/**
 * The entry numbers of a period. Time never runs backwards along the chain, so a period is one range of it.
 */
async function rangeOf(ctx: TenantContext, query: AuditQuery): Promise<{ low: number; high: number }> {
  const entries = auditEventModel(ctx);
  const seqAt = async (bound: Date, otherwise: number) =>
    (
      await entries
        .findOne({ at: op({ $gte: bound }) })
        .sort({ at: 1, seq: 1 })
        .select('seq')
        .lean()
    )?.seq ?? otherwise;
  const newest = (await readHead(tenantLedger(ctx.db)))?.seq ?? 0;
  const low = query.from ? await seqAt(dayRange(query.from, ctx.timeZone).start, newest + 1) : 0;
  const high = query.to ? (await seqAt(dayRange(query.to, ctx.timeZone).end, newest + 1)) - 1 : newest;
  return { low, high };
}

/** What the actor box means: everybody whose name begins with it. */
async function actorFilters(ctx: TenantContext, text: string): Promise<Filter[]> {
  const people = await auditActorModel(ctx)
    .find({ nameKey: new RegExp(`^${escapeRegExp(text.toLowerCase())}`) })
    .limit(MOST_PEOPLE)
    .select('_id')
    .lean();
  return people.map(({ _id }) => ({ 'actor.id': _id }));
}

/** What the target box means: `patient:<id>`, a kind of record ("patient"), or a patient's number or name. */
async function targetFilters(ctx: TenantContext, text: string): Promise<Filter[]> {
  if (text.includes(':')) return [{ target: text }];
  const patients = await findPatients(ctx, text, MOST_PEOPLE);
  return [{ targetType: text.toLowerCase() }, ...patients.map(({ id }) => ({ target: `patient:${id}` }))];
}

/** Each filter is served by an index that ends in the entry's number; the others narrow what it finds. */
async function filtersOf(ctx: TenantContext, query: AuditQuery): Promise<Filter[]> {
  const rest: Filter = {
    ...(query.action ? { action: query.action } : {}),
    ...(query.result ? { result: query.result } : {}),
  };
  const actors = query.actor ? await actorFilters(ctx, query.actor) : [{}];
  const targets = query.target ? await targetFilters(ctx, query.target) : [{}];
  return targets.flatMap((target) => actors.map((actor) => ({ ...rest, ...actor, ...target })));
}

async function readPage(
  ctx: TenantContext,
  filters: readonly Filter[],
  range: { $gt: number; $lt: number },
  order: 1 | -1,
  limit: number,
) {
  const found = await Promise.all(
    filters.map((filter) =>
      auditEventModel(ctx)
        .find({ ...filter, seq: op(range) })
        .sort({ seq: order })
        .limit(limit)
        .lean(),
    ),
  );
  const rows = [...new Map(found.flat().map((row) => [row.seq, row])).values()];
  return rows.sort((a, b) => order * (a.seq - b.seq)).slice(0, limit);
}

/** A page of the log, newest first, 50 by keyset. Looking at the log is an entry too. */
export async function listAudit(ctx: TenantContext, query: AuditQuery): Promise<AuditPage> {
  // Reading on is the same look.
  if (!query.before && !query.after) await recordAudit(ctx, { action: 'audit.open', target: 'audit:log' });
  const [{ low, high }, filters] = await Promise.all([rangeOf(ctx, query), filtersOf(ctx, query)]);
  const isBack = query.after !== undefined && query.before === undefined;
  const range = {
    $gt: Math.max(low - 1, isBack ? (query.after ?? 0) : 0),
    $lt: Math.min(high + 1, query.before ?? Number.MAX_SAFE_INTEGER),
  };
  const rows = await readPage(ctx, filters, range, isBack ? 1 : -1, PAGE_SIZE + 1);
  const hasMore = rows.length > PAGE_SIZE;
  const page = rows.slice(0, PAGE_SIZE);
  if (isBack) page.reverse();
  return {
    entries: page.map(toAuditLogEntry),
    older: isBack || hasMore ? (page.at(-1)?.seq ?? null) : null,
    newer: (isBack ? hasMore : query.before !== undefined) ? (page[0]?.seq ?? null) : null,
  };
}

/** The find behind one filter of a page, for tests that explain it. */
export const findAudit = (ctx: TenantContext, filter: Filter, below: number) =>
  auditEventModel(ctx)
    .find({ ...filter, seq: op({ $gt: 0, $lt: below }) })
    .sort({ seq: -1 })
    .limit(PAGE_SIZE + 1);

/** Every entry that fits, newest first, read in steps. */
export async function* eachAuditEntry(ctx: TenantContext, query: AuditQuery): AsyncGenerator<AuditLogEntry> {
  const [{ low, high }, filters] = await Promise.all([rangeOf(ctx, query), filtersOf(ctx, query)]);
  for (let below = high + 1; ; ) {
    const rows = await readPage(ctx, filters, { $gt: low - 1, $lt: below }, -1, EXPORT_STEP);
    for (const row of rows) yield toAuditLogEntry(row);
    const last = rows.at(-1);
    if (!last || rows.length < EXPORT_STEP) return;
    below = last.seq;
  }
}

/** Who opened a patient's chart lately, newest first; also under the records that were merged into it. */
export async function listChartOpenings(
  ctx: TenantContext,
  patientId: string,
  merged: readonly string[] = [],
) {
  const targets = [patientId, ...merged].map((id) => `patient:${id}`);
  const target = targets.length > 1 ? op({ $in: targets }) : `patient:${patientId}`;
  const rows = await auditEventModel(ctx)
    .find({ target, seq: op({ $gt: 0 }), action: 'patient.open' })
    .sort({ seq: -1 })
    .limit(OPENINGS_SHOWN)
    .lean();
  return rows.map(toAuditLogEntry);
}

/** Checks the whole chain in steps; that somebody did is written first, so that it is checked as well. */
export async function* verifyAudit(ctx: TenantContext): ReturnType<typeof verifyLedger> {
  await recordAudit(ctx, { action: 'audit.verify', target: 'audit:log' });
  yield* verifyLedger(tenantLedger(ctx.db));
}
