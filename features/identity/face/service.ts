import 'server-only';
import type { ClientSession } from 'mongoose';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { assertUnchanged, revisionOf } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Face, type FaceForm, faceFormOf } from './dto';
import { faceModel } from './model';
import type { SaveFaceInput } from './schema';

/** Fields that are emptied are taken away. */
function changeOf<T extends Record<string, unknown>>(fields: T) {
  const entries = Object.entries(fields);
  const isGone = (value: unknown) => value === undefined || value === '';
  return {
    $set: Object.fromEntries(entries.filter(([, value]) => !isGone(value))),
    $unset: Object.fromEntries(entries.filter(([, value]) => isGone(value)).map(([name]) => [name, ''])),
  };
}

/**
 * Stores the address of the sign-in page and what mails come from.
 * @param face what the page shows, of the letterhead
 * @throws AppError CONFLICT where the address is another hospital's, or a colleague has saved something else
 * meanwhile.
 */
export async function saveFace(
  ctx: TenantContext,
  { version, ...input }: SaveFaceInput,
  face: Face,
): Promise<FaceForm> {
  const _id = objectId(ctx.organizationId);
  try {
    return await auditedMasterWrite(ctx, async (session) => {
      const before = faceFormOf(await faceModel.findById(_id).session(session).lean());
      assertUnchanged(before, version);
      const row = await faceModel
        .findOneAndUpdate({ _id }, changeOf({ ...input, ...face }), {
          session,
          upsert: true,
          returnDocument: 'after',
        })
        .orFail()
        .lean();
      ctx.audit?.about('face');
      const after = faceFormOf(row);
      noteChange(ctx, before, after, ['slug', 'isOpen', 'fromName', 'replyTo']);
      return after;
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'Another hospital has this address. Add your city to it.', {
      field: 'slug',
    });
  }
}

/**
 * Shows strangers what the letterhead says; of a hospital that has no face yet it makes none. Two who save at
 * once arrive here in any order, so it is read again until it is the same after as before.
 * @param read what the letterhead says now
 * @param written what the caller has written of it already
 */
export async function followLetterhead(
  ctx: { organizationId: string },
  read: () => Promise<Face>,
  written?: Face,
): Promise<void> {
  for (
    let face = await read(), shown = written ? revisionOf(written) : '';
    shown !== revisionOf(face);
    face = await read()
  ) {
    await faceModel.updateOne({ _id: objectId(ctx.organizationId) }, changeOf({ ...face }));
    shown = revisionOf(face);
  }
}

/** Of a hospital without a letterhead: the page bears the name of the organization, in its transaction. */
export async function renameFace(
  { organizationId }: { organizationId: string },
  name: string,
  session: ClientSession,
): Promise<void> {
  await faceModel.updateOne({ _id: objectId(organizationId) }, { $set: { name } }, { session });
}

/** The end of an organization: nobody finds its page any more, and its address is free. */
export async function removeFace(organizationId: string): Promise<void> {
  await faceModel.deleteOne({ _id: objectId(organizationId) });
}
