import 'server-only';
import type { ClientSession, InferSchemaType, Types } from 'mongoose';
import { cashDayModel } from '@/features/cashier/payments/model';
import { allergyAnswerModel } from '@/features/patients/allergies/model';
import { historyModel } from '@/features/patients/histories/model';
import type { HistoryParts } from '@/features/patients/histories/policy';
import { AppError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { readResolutions } from '../../examinations/dto';
import { eyeRecordModel } from '../../examinations/model';
import { joinHistories } from '../policy';

type HistoryRow = InferSchemaType<ReturnType<typeof historyModel>['schema']>;
type Between = { from: Types.ObjectId; to: Types.ObjectId };

/** A history as it is stored, dates as text. */
type HistorySheet = Record<'history' | 'changedAt' | 'changedByName' | 'askedAt' | 'askedByName', string>;

/** What there is once for a patient, as it was before a merge and as the merge left it. */
type Sheets = {
  history?: { was: HistorySheet | null; version: number };
  allergies?: { was: { askedAt: string; askedByName: string } | null; revision: number };
  resolutions?: { was: string | null; is: string };
  /** Cash of a day, in the currency's smallest unit, that the kept record's count got. */
  cash: { day: string; minor: number }[];
};

/**
 * Joins what there is once for a patient, in the transaction of a merge. What the merged record says stays
 * there too, so that it has it again when the merge is taken back.
 * @throws AppError CONFLICT where a history would be longer than its form
 */
export async function joinSheets(
  ctx: TenantContext,
  between: Between,
  now: Date,
  session: ClientSession,
): Promise<Sheets> {
  const history = await joinHistory(ctx, between, now, session);
  const allergies = await joinAnswers(ctx, between, session);
  const resolutions = await joinResolutions(ctx, between, session);
  const cash = await joinCash(ctx, between, session);
  return {
    ...(history ? { history } : {}),
    ...(allergies ? { allergies } : {}),
    ...(resolutions ? { resolutions } : {}),
    cash,
  };
}

/** Takes back what `joinSheets` wrote where nobody has written since. */
export async function partSheets(
  ctx: TenantContext,
  { to, sheets }: { to: Types.ObjectId; sheets: Sheets },
  session: ClientSession,
): Promise<void> {
  const { history, allergies, resolutions, cash } = sheets;
  if (history) {
    const asJoined = { _id: to, version: history.version };
    if (history.was === null) await historyModel(ctx).deleteOne(asJoined, { session });
    else {
      const [changedAt, askedAt] = [new Date(history.was.changedAt), new Date(history.was.askedAt)];
      await historyModel(ctx).updateOne(
        asJoined,
        { $set: { ...history.was, changedAt, askedAt }, $inc: { version: 1 } },
        { session },
      );
    }
  }
  if (allergies) {
    const asJoined = { _id: to, revision: allergies.revision };
    if (allergies.was === null) await allergyAnswerModel(ctx).deleteOne(asJoined, { session });
    else {
      const { askedAt, askedByName } = allergies.was;
      await allergyAnswerModel(ctx).updateOne(
        asJoined,
        { $set: { askedAt: new Date(askedAt), askedByName }, $inc: { revision: 1 } },
        { session },
      );
    }
  }
  if (resolutions) {
    const row = await eyeRecordModel(ctx).findById(to).select('resolutions').session(session).lean();
    if (row?.resolutions === resolutions.is)
      await eyeRecordModel(ctx).updateOne(
        { _id: to },
        resolutions.was === null
          ? { $unset: { resolutions: 1 } }
          : { $set: { resolutions: resolutions.was } },
        { session },
      );
  }
  for (const { day, minor } of cash)
    await cashDayModel(ctx).updateOne({ _id: `${to}:${day}` }, { $inc: { minor: -minor } }, { session });
}

async function joinHistory(ctx: TenantContext, { from, to }: Between, now: Date, session: ClientSession) {
  const theirs = await historyModel(ctx).findById(from).session(session).lean();
  if (!theirs) return null;
  const mine = await historyModel(ctx).findById(to).session(session).lean();
  const read = (text: string | undefined): HistoryParts => (text ? JSON.parse(text) : {});
  const joined = joinHistories(read(mine?.history), read(theirs.history));
  if ('problem' in joined) throw new AppError('CONFLICT', joined.problem);
  const history = JSON.stringify(joined);
  const asked = mine && mine.askedAt > theirs.askedAt ? mine : theirs;
  const version = (mine?.version ?? 0) + 1;
  const facts = {
    ...{ history, version, changedAt: now, changedByName: ctx.actor.name },
    ...{ askedAt: asked.askedAt, askedByName: asked.askedByName },
  };
  if (mine) await historyModel(ctx).updateOne({ _id: to }, { $set: facts }, { session });
  else await historyModel(ctx).create([{ _id: to, ...facts }], { session });
  return { was: mine ? sheetOf(mine) : null, version };
}

const sheetOf = (row: HistoryRow): HistorySheet => ({
  history: row.history,
  changedAt: row.changedAt.toISOString(),
  changedByName: row.changedByName,
  askedAt: row.askedAt.toISOString(),
  askedByName: row.askedByName,
});

async function joinAnswers(ctx: TenantContext, { from, to }: Between, session: ClientSession) {
  const answers = allergyAnswerModel(ctx);
  const theirs = await answers.findById(from).session(session).lean();
  const mine = await answers.findById(to).session(session).lean();
  if (!theirs || (mine && mine.askedAt >= theirs.askedAt)) return null;
  const { askedAt, askedByName } = theirs;
  const row = await answers
    .findOneAndUpdate(
      { _id: to },
      { $set: { askedAt, askedByName }, $inc: { revision: 1 } },
      { upsert: true, session, returnDocument: 'after' },
    )
    .orFail()
    .lean();
  const was = mine ? { askedAt: mine.askedAt.toISOString(), askedByName: mine.askedByName } : null;
  return { was, revision: row.revision };
}

/** Problems that were said to be over: what the kept record says of one counts. */
async function joinResolutions(ctx: TenantContext, { from, to }: Between, session: ClientSession) {
  const textOf = async (_id: Types.ObjectId) =>
    (await eyeRecordModel(ctx).findById(_id).select('resolutions').session(session).lean())?.resolutions;
  const [theirs, mine] = [await textOf(from), await textOf(to)];
  const own = readResolutions(mine);
  const more = readResolutions(theirs).filter(({ key }) => !own.some((one) => one.key === key));
  if (more.length === 0) return null;
  const is = JSON.stringify([...own, ...more]);
  // Its content is worked out again with the examinations, which follow.
  await eyeRecordModel(ctx).updateOne(
    { _id: to },
    { $set: { resolutions: is }, $setOnInsert: { content: '{}' } },
    { upsert: true, session },
  );
  return { was: mine ?? null, is };
}

/** Cash that both records gave on one day is of one person. */
async function joinCash(ctx: TenantContext, { from, to }: Between, session: ClientSession) {
  const rows = await cashDayModel(ctx)
    .find({ _id: op({ $gte: `${from}:`, $lt: `${from};` }), minor: op({ $gt: 0 }) })
    .session(session)
    .lean();
  const cash = rows.map(({ _id, minor }) => ({ day: _id.slice(_id.indexOf(':') + 1), minor }));
  for (const { day, minor } of cash)
    await cashDayModel(ctx).updateOne(
      { _id: `${to}:${day}` },
      { $inc: { minor } },
      { upsert: true, session },
    );
  return cash;
}
