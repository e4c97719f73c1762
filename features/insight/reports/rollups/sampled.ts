import 'server-only';
import { dispenseModel } from '@/features/dispensary/dispenses/model';
import { visitModel } from '@/features/frontdesk/queue/model';
import { findSamples } from '@/features/patients/patients/queries';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { contactLensesModel } from '@/features/record/contact-lenses/model';
import { letterModel } from '@/features/record/letters/model';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { spectaclesModel } from '@/features/record/spectacles/model';
import { op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';

type Scope = { db: TenantDatabase };

/** Sample patients are in the queue and on the pages, and in no figure. */
export async function readSampled(scope: Scope) {
  const samples = await findSamples(scope);
  const ids = new Set(samples.map(({ _id }) => _id.toString()));
  const ofSamples = { patientId: op({ $in: samples.map(({ _id }) => _id) }) };

  /** What was handed out to them, on whatever day. */
  async function dispenses(): Promise<Set<string>> {
    if (ids.size === 0) return new Set();
    const rows = await dispenseModel(scope).find(ofSamples).select('_id').lean();
    return new Set(rows.map(({ _id }) => String(_id)));
  }

  return {
    dispenses,
    isReal: ({ patientId }: { patientId: { toString(): string } }): boolean =>
      ids.size === 0 || !ids.has(patientId.toString()),

    /** Stock that went to them, and what of it came back. */
    async movements(): Promise<Set<string>> {
      const given = [...(await dispenses())];
      if (given.length === 0) return new Set();
      const out = await movementModel(scope)
        .find({ dispenseId: op({ $in: given }) })
        .select('_id')
        .lean();
      const back = await movementModel(scope)
        .find({ returnOf: op({ $in: out.map(({ _id }) => _id) }) })
        .select('_id')
        .lean();
      return new Set([...out, ...back].map(({ _id }) => String(_id)));
    },

    /** What their papers are printed under begins with these: the paper, and what it is of. */
    async papers(): Promise<Set<string>> {
      if (ids.size === 0) return new Set();
      const idsIn = async (found: PromiseLike<{ _id: unknown }[]>) => (await found).map(({ _id }) => _id);
      const [visits, ...rest] = await Promise.all([
        idsIn(visitModel(scope).find(ofSamples).select('_id').lean()),
        idsIn(prescriptionModel(scope).find(ofSamples).select('_id').lean()),
        idsIn(spectaclesModel(scope).find(ofSamples).select('_id').lean()),
        idsIn(contactLensesModel(scope).find(ofSamples).select('_id').lean()),
        idsIn(letterModel(scope).find(ofSamples).select('_id').lean()),
      ]);
      const named = (papers: readonly string[], of: readonly unknown[]) =>
        papers.flatMap((paper) => of.map((id) => `${paper}:${id}`));
      return new Set([
        ...named(['summary', 'request'], visits),
        ...['prescription', 'spectacles', 'contact-lenses', 'letter'].flatMap((paper, index) =>
          named([paper], rest[index] ?? []),
        ),
      ]);
    },
  };
}

/** A print's paper without its version. */
export const paperOf = (subject: string): string => subject.split(':').slice(0, 2).join(':');
