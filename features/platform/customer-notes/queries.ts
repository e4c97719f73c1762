import 'server-only';
import { noteAttachmentsOf } from '@/features/support/tickets/attachments';
import type { PlatformContext } from '@/lib/actions/platform';
import { objectId } from '@/lib/mongo';
import { customerNoteModel } from './model';

const SHOWN = 10;

/** The newest notes on a customer; older ones are in its timeline. */
export async function listNotes(_ctx: PlatformContext, organizationId: string) {
  const rows = await customerNoteModel
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ at: -1, _id: -1 })
    .limit(SHOWN)
    .lean();
  const files = await noteAttachmentsOf(
    organizationId,
    rows.map(({ _id }) => _id),
  );
  return rows.map(({ _id, text, byName, at }) => ({
    id: _id.toString(),
    text,
    byName,
    at: at.toISOString(),
    files: files.get(_id.toString()) ?? [],
  }));
}
export type CustomerNote = Awaited<ReturnType<typeof listNotes>>[number];
