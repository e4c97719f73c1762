import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { savedAnswerModel } from '../model';

export async function saveAnswer(
  ctx: PlatformContext,
  { answerId, title, text }: { answerId: string; title: string; text: string },
): Promise<void> {
  await auditedMasterWrite(ctx, async (session) => {
    if (!answerId) {
      await savedAnswerModel.create([{ title, text }], { session });
      return;
    }
    const _id = objectId(answerId);
    const { matchedCount } = await savedAnswerModel.updateOne(
      { _id },
      { $set: { title, text } },
      { session },
    );
    if (matchedCount === 0) throw notFoundError('answer');
  });
}

export async function deleteAnswer(ctx: PlatformContext, answerId: string): Promise<void> {
  await auditedMasterWrite(ctx, (session) =>
    savedAnswerModel.deleteOne({ _id: objectId(answerId) }, { session }),
  );
}
