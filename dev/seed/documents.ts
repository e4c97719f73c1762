import { uploadFileInput } from '@/features/patients/files/schema';
import { uploadFile } from '@/features/patients/files/service';
import { letterModel } from '@/features/record/letters/model';
import type { TenantContext } from '@/lib/tenancy/context';
import { between, randomOf } from '../pilot/history/chance';
import { fundusPicture } from './pictures';

const PATIENTS = 3;

/** Photos of the fundus of some who have diabetes, one of each eye, as the camera would send them. */
export async function seedDocuments(ctx: TenantContext): Promise<void> {
  const random = randomOf(11);
  const rows = await letterModel(ctx).find({ kind: 'referral' }).sort({ _id: -1 }).limit(PATIENTS).lean();
  for (const { patientId, visitId, day } of rows)
    for (const eye of ['right', 'left'] as const) {
      const content = fundusPicture(eye, between(random, 8, 22), random);
      const input = uploadFileInput.parse({
        ...{ name: `fundus-${eye}-${day}.png`, claimedType: 'image/png', sizeBytes: content.length },
        ...{
          patientId: patientId.toString(),
          visitId: visitId.toString(),
          kind: 'fundus',
          eye,
          takenOn: day,
        },
      });
      await uploadFile(ctx, input, bytesOf(content));
    }
}

async function* bytesOf(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}
