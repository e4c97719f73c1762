import 'server-only';
import { keyset } from '@/lib/keyset';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { type SoldPackage, toSoldPackage } from './dto';
import { soldPackageModel } from './model';
import { packageState } from './policy';
import type { PackageListQuery } from './schema';

const PAGE_SIZE = 25;
const MOST_OF_PATIENT = 50;

/** The find behind what a patient has bought and not taken back, the oldest first. */
export const findPackagesOf = (ctx: TenantContext, patientId: string) =>
  soldPackageModel(ctx)
    .find({ patientId: objectId(patientId, 'patient'), isEnded: false })
    .sort({ at: 1, _id: 1 })
    .limit(MOST_OF_PATIENT);

/** A patient's packages with something left today, the oldest first. */
export async function listOpenPackages(ctx: TenantContext, patientId: string): Promise<SoldPackage[]> {
  const day = today(ctx.timeZone);
  const rows = await findPackagesOf(ctx, patientId).lean();
  return rows.map(toSoldPackage).filter((one) => packageState(one, day) === 'open');
}

/** The find behind the packages of a bill. */
export const findPackagesOfBill = (ctx: TenantContext, billId: string) =>
  soldPackageModel(ctx)
    .find({ billId: objectId(billId, 'bill') })
    .sort({ at: 1 })
    .limit(MOST_OF_PATIENT);

export const listPackagesOfBill = async (ctx: TenantContext, billId: string): Promise<SoldPackage[]> =>
  (await findPackagesOfBill(ctx, billId).lean()).map(toSoldPackage);

export type PackagePage = { packages: SoldPackage[]; after: string | null; before: string | null };

/** A page of all that were sold, newest first. */
export async function listPackages(ctx: TenantContext, query: PackageListQuery): Promise<PackagePage> {
  const page = keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: -1 }, query, PAGE_SIZE);
  const rows = await soldPackageModel(ctx).find(page.filter).sort(page.sort).limit(page.limit).lean();
  const shown = page.toPage(rows, (row) => [row.at.toISOString(), row._id.toString()]);
  return { packages: shown.rows.map(toSoldPackage), after: shown.after, before: shown.before };
}

const ALL = 100_000;

/** All that were sold, newest first, for a file. */
export async function listAllPackages(ctx: TenantContext): Promise<SoldPackage[]> {
  return (await soldPackageModel(ctx).find({}).sort({ at: -1, _id: -1 }).limit(ALL).lean()).map(
    toSoldPackage,
  );
}
