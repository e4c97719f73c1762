import { visitModel } from '@/features/frontdesk/queue/model';
import { fileModel } from '@/features/patients/files/model';
import { patientModel } from '@/features/patients/patients/model';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { supplierModel } from '@/features/pharmacy/suppliers/model';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { shiftDay, today } from '@/lib/time';
import type { testOrganization } from '@/tests/builders/organization';

/** The hospital of the day, made before its first step. */
export const scene = { doctorId: '' } as {
  org: Awaited<ReturnType<typeof testOrganization>>;
  doctorId: string;
};
export const ctx = () => scene.org.ctx();

export type Fields = Record<string, string | string[]>;
/** Its name, the action, and what is posted at that moment of the day. */
export type Step = [name: string, action: unknown, fields: () => Fields | Promise<Fields>];

export const medicine = {
  name: 'Timolol',
  form: 'drop',
  strength: '0.5 %',
  unit: 'bottle',
  reorderLevel: '5',
};

export const idOf = (row: { _id: { toString(): string } } | null): string => row?._id.toString() ?? '';
export const patientId = async () => idOf(await patientModel(ctx()).findOne().sort({ sequence: 1 }).lean());
export const medicineId = async () => idOf(await medicineModel(ctx()).findOne({ name: 'Timolol' }).lean());
export const visitId = async () => idOf(await visitModel(ctx()).findOne().sort({ token: -1 }).lean());
export const tomorrow = () => shiftDay(today(ctx().timeZone), 1);
export const batchId = async (expiresOn = op({ $gt: today(ctx().timeZone) })) =>
  idOf(await batchModel(ctx()).findOne({ hasStock: true, expiresOn }).lean());

/** A document of the patient, without its content. */
export async function aFile(subject?: { kind: 'sale'; id: string }): Promise<Fields & { fileId: string }> {
  const _id = newObjectId();
  const name = await withFieldCipher(scene.org.organizationId, (cipher) =>
    cipher.seal({ collection: 'files', path: 'name', id: _id.toString() }, 'a.png'),
  );
  await fileModel(ctx()).create({
    _id,
    name,
    contentType: 'image/png',
    sizeBytes: 4,
    sha256: 'a',
    subject: subject ?? { kind: 'patient', id: await patientId() },
    uploadedById: scene.org.owner.id,
    uploadedByName: scene.org.owner.name,
  });
  return { fileId: _id.toString() };
}

export const anyBatch = async () =>
  idOf(
    await batchModel(ctx())
      .findOne({ medicineId: objectId(await medicineId()), lotNumber: 'A1' })
      .lean(),
  );
export const supplierId = async () => idOf(await supplierModel(ctx()).findOne().lean());
