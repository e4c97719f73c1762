import 'server-only';
import { formOf } from '@/features/pharmacy/medicines/dto';
import { identityOf } from '@/features/pharmacy/medicines/keys';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { STARTER_FORMULARY } from '@/features/pharmacy/medicines/starter-formulary';
import { op } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { starterOffer } from './policy';

/** Entries of the list by what a medicine is known by. */
export const STARTER_BY_IDENTITY = new Map(STARTER_FORMULARY.map((entry) => [identityOf(entry), entry]));

/** The find behind the medicines that are on the list too. */
export const findStarters = (ctx: TenantContext) =>
  medicineModel(ctx).find({ identity: op({ $in: [...STARTER_BY_IDENTITY.keys()] }), isActive: true });

/**
 * Medicines that differ from the list to begin with, by name: what is missing, and what was said otherwise.
 */
export async function listStarterOffers(ctx: TenantContext) {
  const rows = await findStarters(ctx).lean();
  return rows
    .flatMap((row) => {
      const entry = STARTER_BY_IDENTITY.get(row.identity);
      if (!entry) return [];
      const said = formOf(row);
      const { set: _, ...offer } = starterOffer(said, entry, ctx.organization.country);
      const isSame = offer.offered.length + offer.otherwise.length === 0 && !offer.isClassOpen;
      const name = [row.name, row.strength].filter(Boolean).join(' ');
      return isSame ? [] : [{ medicineId: row._id.toString(), version: revisionOf(said), name, ...offer }];
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
export type StarterOffer = Awaited<ReturnType<typeof listStarterOffers>>[number];
