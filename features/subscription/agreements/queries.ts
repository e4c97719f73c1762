import 'server-only';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { legalDocument } from './documents';
import { acceptanceModel } from './model';
import { AGREEMENT_LABEL, AGREEMENTS, type Agreement } from './policy';

const SHOWN = 50;

/** Who accepted what for this organization, the newest first; what bound nobody is left out. */
async function listAcceptances(ctx: TenantContext) {
  const rows = await acceptanceModel
    .find({ organizationId: objectId(ctx.organizationId), voidedAt: op({ $exists: false }) })
    .sort({ acceptedAt: -1 })
    .limit(SHOWN)
    .lean();
  return rows.map(({ _id, agreement, version, name, email, ip, acceptedAt }) => ({
    id: _id.toString(),
    agreement,
    label: AGREEMENT_LABEL[agreement],
    version,
    name,
    email,
    ip,
    acceptedAt: acceptedAt.toISOString(),
  }));
}
export type Acceptance = Awaited<ReturnType<typeof listAcceptances>>[number];

/** Each agreement, its newest version, and who accepted that one; null where nobody has. */
export async function listAgreements(ctx: TenantContext) {
  const acceptances = await listAcceptances(ctx);
  return {
    acceptances,
    agreements: AGREEMENTS.map((name: Agreement) => {
      const { title, version } = legalDocument(name);
      const accepted = acceptances.find((one) => one.agreement === name && one.version === version) ?? null;
      return { name, title, version, accepted };
    }),
  };
}

/**
 * The agreement that holds, with its acceptance.
 * @throws AppError NOT_FOUND for an unknown one, and where its text of today was not accepted.
 */
export async function readCopy(ctx: TenantContext, slug: string) {
  const { agreements } = await listAgreements(ctx);
  const found = agreements.find(({ name }) => name === slug);
  if (!found?.accepted) throw notFoundError('agreement');
  return { document: legalDocument(found.name), accepted: found.accepted };
}
export type Copy = Awaited<ReturnType<typeof readCopy>>;
