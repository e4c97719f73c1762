import 'server-only';
import type { ClientSession } from 'mongoose';
import type { StoredFile } from '@/features/patients/files/dto';
import { listFiles, openStoredFile } from '@/features/patients/files/queries';
import { AppError, notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import type { Coverage } from '../coverages/dto';
import { isValidOn } from '../coverages/policy';
import { getCoverage } from '../coverages/queries';
import type { Payer } from '../payers/dto';
import { getPayer } from '../payers/queries';
import { type Claim, type ClaimSummary, toClaim, toClaimSummary } from './dto';
import { claimModel } from './model';
import { CLAIM_AGES, type ClaimAge, claimAge, PAYER_CHOICE } from './policy';
import type { ClaimListQuery } from './schema';

const PAGE_SIZE = 25;
const MOST = 50;
/** As many as one transfer of a payer settles. */
const MOST_SETTLED = 200;
const SUMMARY =
  'number payerId payerName payerKind coverageId patientId patient mode stage status turn day at dueDay billId billNumber authorizationNumber claimNumber askedMinor approvedMinor validUntil claimedMinor receivedMinor tdsMinor writtenOffMinor returnedMinor openMinor isOpen currency version byName';

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getClaim(ctx: TenantContext, claimId: string): Promise<Claim> {
  const row = await claimModel(ctx).findById(objectId(claimId, 'claim')).lean();
  if (!row) throw notFoundError('claim');
  return toClaim(row);
}

/** The papers of a payer's case, the newest first. */
export const listPapers = (ctx: TenantContext, claimId: string): Promise<StoredFile[]> =>
  listFiles(ctx, { kind: 'claim', id: claimId });

/** A paper with its content. An event of the log. @throws AppError NOT_FOUND; reading it UNAVAILABLE. */
export async function openPaper(
  ctx: TenantContext,
  { claimId, fileId }: { claimId: string; fileId: string },
  options: { isMore?: boolean } = {},
) {
  const { id } = await getClaim(ctx, claimId);
  return openStoredFile(ctx, fileId, { ...options, caseId: id });
}

export type ClaimPage = { claims: ClaimSummary[]; after: string | null; before: string | null };

/** A page of a worklist, the oldest first; of one payer, or of all. */
export async function listClaims(ctx: TenantContext, query: ClaimListQuery): Promise<ClaimPage> {
  const page = keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: 1 }, query, PAGE_SIZE);
  const wanted = {
    turn: query.show,
    ...(query.payer ? { payerId: objectId(query.payer, 'payer') } : {}),
  };
  const rows = await claimModel(ctx)
    .find(page.start ? { $and: [wanted, page.filter] } : wanted)
    .sort(page.sort)
    .limit(page.limit)
    .select(SUMMARY)
    .lean();
  const shown = page.toPage(rows, (row) => [row.at.toISOString(), row._id.toString()]);
  return { claims: shown.rows.map(toClaimSummary), after: shown.after, before: shown.before };
}

/** What one payer owes, the oldest first. At most 200. */
export async function listOpenClaims(
  ctx: TenantContext,
  payerId: string,
  limit = MOST_SETTLED,
): Promise<ClaimSummary[]> {
  const rows = await claimModel(ctx)
    .find({ isOpen: true, payerId: objectId(payerId, 'payer') })
    .sort({ at: 1, _id: 1 })
    .limit(limit)
    .select(SUMMARY)
    .lean();
  return rows.map(toClaimSummary);
}

/** The claims of a bill, in order. */
export async function listClaimsOfBill(ctx: TenantContext, billId: string): Promise<ClaimSummary[]> {
  const rows = await claimModel(ctx)
    .find({ billId: objectId(billId, 'bill') })
    .sort({ at: 1 })
    .limit(MOST)
    .select(SUMMARY)
    .lean();
  return rows.map(toClaimSummary);
}

/** A patient's claims, the newest first. At most 50. */
export async function listClaimsOfPatient(ctx: TenantContext, patientId: string): Promise<ClaimSummary[]> {
  const rows = await claimModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ at: -1, _id: -1 })
    .limit(MOST)
    .select(SUMMARY)
    .lean();
  return rows.map(toClaimSummary);
}

export type Outstanding = {
  payerId: string;
  payerName: string;
  claims: number;
  openMinor: number;
  ages: Record<ClaimAge, number>;
};

/** What each payer owes, by how long ago it was billed; the largest first. */
export async function outstandingByPayer(ctx: TenantContext, today: Day): Promise<Outstanding[]> {
  const groups = await claimModel(ctx).aggregate<{
    _id: { payerId: unknown; day: Day };
    payerName: string;
    claims: number;
    openMinor: number;
  }>([
    { $match: { isOpen: true } },
    {
      $group: {
        _id: { payerId: '$payerId', day: '$day' },
        payerName: { $last: '$payerName' },
        claims: { $sum: 1 },
        openMinor: { $sum: '$openMinor' },
      },
    },
  ]);
  const found = new Map<string, Outstanding>();
  for (const { _id, payerName, claims, openMinor } of groups) {
    const payerId = String(_id.payerId);
    const none = Object.fromEntries(CLAIM_AGES.map(({ key }) => [key, 0])) as Record<ClaimAge, number>;
    const row = found.get(payerId) ?? { payerId, payerName, claims: 0, openMinor: 0, ages: none };
    row.claims += claims;
    row.openMinor += openMinor;
    row.ages[claimAge(_id.day, today)] += openMinor;
    found.set(payerId, row);
  }
  return [...found.values()].sort(
    (a, b) => b.openMinor - a.openMinor || a.payerName.localeCompare(b.payerName),
  );
}

/** Who was chosen to pay on a bill, with what they allow. */
export type ChosenPayer = { payer: Payer; coverage: Coverage | null; authorization: Claim | null };

/**
 * Who pays by a choice on a bill.
 * @throws AppError NOT_FOUND for what is not the patient's; CONFLICT for what no longer counts.
 */
export async function readPayerChoice(
  ctx: TenantContext,
  { choice, patientId, day }: { choice: string; patientId: string; day: Day },
  session?: ClientSession,
): Promise<ChosenPayer> {
  const [, kind = '', id = ''] = PAYER_CHOICE.exec(choice) ?? [];
  const refuse = (sentence: string) => new AppError('CONFLICT', sentence, { field: 'payerChoice' });
  const authorization = kind === 'claim' ? await readAuthorization(ctx, id, patientId, session) : null;
  if (authorization && authorization.stage !== 'authorization')
    throw refuse('This approval is on another bill already. Open the bill again.');
  if (authorization && (authorization.status !== 'approved' || authorization.approvedMinor === null))
    throw refuse(`${authorization.payerName} has not approved this, or no longer does.`);
  if (authorization?.validUntil && authorization.validUntil < day)
    throw refuse(`The approval of ${authorization.payerName} has expired.`);
  const coverageId = kind === 'coverage' ? id : authorization?.coverageId;
  const coverage = coverageId ? await getCoverage(ctx, { coverageId, patientId }, session) : null;
  if (coverage && kind === 'coverage' && !(coverage.isActive && isValidOn(coverage, day)))
    throw refuse(`The policy with ${coverage.payerName} does not count today.`);
  const payer = await getPayer(ctx, authorization?.payerId ?? coverage?.payerId ?? id, session);
  if (!payer.isActive && !authorization) throw refuse(`${payer.name} no longer pays.`);
  return { payer, coverage, authorization };
}

async function readAuthorization(
  ctx: TenantContext,
  claimId: string,
  patientId: string,
  session?: ClientSession,
): Promise<Claim> {
  const row = await claimModel(ctx)
    .findOne({ _id: objectId(claimId, 'claim'), patientId: objectId(patientId, 'patient') })
    .session(session ?? null)
    .lean();
  if (!row) throw notFoundError('claim');
  return toClaim(row);
}
