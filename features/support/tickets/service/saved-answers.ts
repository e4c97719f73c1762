import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import { savedAnswerModel } from '../model';

/** Makes one, or changes it. @throws AppError NOT_FOUND, CONFLICT when a colleague has changed it. */
export async function saveAnswer(
  ctx: PlatformContext,
  {
    answerId,
    title,
    text,
    version,
  }: { answerId: string; title: string; text: string; version?: string | undefined },
): Promise<void> {
  await auditedMasterWrite(ctx, async (session) => {
    if (!answerId) {
      await savedAnswerModel.create([{ title, text }], { session });
      return;
    }
    const _id = objectId(answerId);
    const before = await savedAnswerModel
      .findOneAndUpdate({ _id }, { $set: { title, text } }, { session })
      .lean();
    if (!before) throw notFoundError('answer');
    assertUnchanged({ title: before.title, text: before.text }, version);
  });
}

export async function deleteAnswer(ctx: PlatformContext, answerId: string): Promise<void> {
  await auditedMasterWrite(ctx, (session) =>
    savedAnswerModel.deleteOne({ _id: objectId(answerId) }, { session }),
  );
}
