import 'server-only';
import { objectId, op } from '@/lib/mongo';
import { fileStore } from '@/lib/storage/file-store';
import { ticketAttachmentModel } from '../model';
import { FOLDER, HOUR_MS, keyOf } from './storage';

/**
 * Removes what was uploaded and never sent. An hour late, so that no message that is on its way loses its
 * file.
 */
export async function removeUnsent(now = new Date()): Promise<number> {
  const rows = await ticketAttachmentModel
    .find({ expiresAt: op({ $lte: new Date(now.getTime() - HOUR_MS) }) })
    .limit(200)
    .select('organizationId')
    .lean();
  const store = await fileStore();
  for (const { _id, organizationId } of rows) {
    await store.delete(keyOf(organizationId.toString(), _id.toString()));
    await ticketAttachmentModel.deleteOne({ _id });
  }
  return rows.length;
}

/** Everything that an organization and the company sent each other. @returns how many files. */
export async function removeAttachmentsOf(organizationId: string): Promise<number> {
  const store = await fileStore();
  const keys = await store.list(`${FOLDER}/${organizationId}`);
  for (const key of keys) await store.delete(key);
  await ticketAttachmentModel.deleteMany({ organizationId: objectId(organizationId) });
  return keys.length;
}
