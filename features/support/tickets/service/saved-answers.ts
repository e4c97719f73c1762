import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { notFoundError } from '@/lib/errors';
import { savedAnswerModel } from '@/lib/master/models/saved-answer';
import { objectId } from '@/lib/mongo';

export async function saveAnswer(
  _ctx: PlatformContext,
  { answerId, title, text }: { answerId: string; title: string; text: string },
): Promise<void> {
  const answers = await savedAnswerModel();
  if (!answerId) {
    await answers.create({ title, text });
    return;
  }
  const { matchedCount } = await answers.updateOne({ _id: objectId(answerId) }, { $set: { title, text } });
  if (matchedCount === 0) throw notFoundError('answer');
}

export async function deleteAnswer(_ctx: PlatformContext, answerId: string): Promise<void> {
  await (await savedAnswerModel()).deleteOne({ _id: objectId(answerId) });
}
