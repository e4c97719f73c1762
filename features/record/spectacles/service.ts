import 'server-only';
import { noteDay } from '@/features/patients/notes/day';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import {
  type MadeGlasses,
  type SpectaclesPrescription,
  toMadeGlasses,
  toSpectaclesPrescription,
} from './dto';
import { madeGlassesModel, spectaclesModel } from './model';
import type { MadeOutcome, Spectacles } from './policy';
import type {
  AnswerGlassesInput,
  NoteMadeInput,
  PrescribeSpectaclesInput,
  VoidSpectaclesInput,
} from './schema';
import { type Prescribed, prescribeAtVisit, voidPrescribed } from './signed-at-visit';

const GLASSES: Prescribed<SpectaclesPrescription> = {
  model: spectaclesModel,
  target: 'spectacles',
  toPrescription: toSpectaclesPrescription,
  words: {
    signedOtherwise: 'These glasses are signed already, with other values. Open them to change them.',
    prescribedMeanwhile: 'has prescribed glasses at this visit meanwhile. What you wrote is still here.',
    voidedMeanwhile: 'The glasses that you change were voided meanwhile. What you wrote is still here.',
    reasonMissing: 'Glasses are prescribed at this visit: say why they change.',
  },
};

/** Prescribes glasses at a visit. @throws AppError as prescribeAtVisit. */
export const prescribeSpectacles = (
  ctx: TenantContext,
  { spectacles, ...press }: PrescribeSpectaclesInput,
  now = new Date(),
): Promise<SpectaclesPrescription> => prescribeAtVisit(ctx, GLASSES, press, JSON.stringify(spectacles), now);

/** Takes a prescription of glasses back. @throws AppError as voidPrescribed. */
export const voidSpectacles = (
  ctx: TenantContext,
  { spectaclesId, reason }: VoidSpectaclesInput,
  now = new Date(),
): Promise<SpectaclesPrescription> => voidPrescribed(ctx, GLASSES, spectaclesId, reason, now);

/** @throws AppError as noteMade. */
export const noteMadeGlasses = (
  ctx: TenantContext,
  { reason, spectacles, ...given }: NoteMadeInput,
  now = new Date(),
): Promise<AnsweredGlasses> => noteMade(ctx, { ...given, outcome: 'changed', reason, spectacles }, now);

/** Notes that glasses were made as prescribed, or not at all. @throws AppError as noteMade. */
export const answerGlasses = (
  ctx: TenantContext,
  input: AnswerGlassesInput,
  now = new Date(),
): Promise<AnsweredGlasses> => noteMade(ctx, input, now);

type AnsweredGlasses = SpectaclesPrescription & { made: MadeGlasses };
type Noted = {
  spectaclesId: string;
  version: number;
  outcome: MadeOutcome;
  reason?: string | undefined;
  /** What was made, where it is not what was prescribed. */
  spectacles?: Spectacles;
};

/**
 * Notes what the optical shop made of a prescription, which stays as it was signed.
 * @throws AppError NOT_FOUND, CONFLICT where it is void, says that none are advised, or a colleague has noted
 * it meanwhile.
 */
async function noteMade(
  ctx: TenantContext,
  { spectaclesId, version, outcome, reason = '', spectacles }: Noted,
  now: Date,
): Promise<AnsweredGlasses> {
  const prescribedId = objectId(spectaclesId, 'prescription');
  const meanwhile = () =>
    new AppError('CONFLICT', 'A colleague has noted what was made meanwhile. What you wrote is still here.');
  try {
    return await auditedWrite(ctx, async (session) => {
      const row = await spectaclesModel(ctx).findById(prescribedId).session(session).lean();
      if (!row) throw notFoundError('prescription');
      const prescription = toSpectaclesPrescription(row);
      if (row.isVoid) throw new AppError('CONFLICT', `${row.voidedByName} has voided these glasses.`);
      if (prescription.spectacles.advice === 'none')
        throw new AppError('CONFLICT', 'No glasses were advised here.');
      const model = madeGlassesModel(ctx);
      const before = await model
        .find({ spectaclesId: prescribedId })
        .sort({ place: 1 })
        .session(session)
        .lean();
      if (before.length !== version) throw meanwhile();
      const _id = newObjectId();
      const content = JSON.stringify({
        spectacles: spectacles ?? prescription.spectacles,
        reason,
        day: today(ctx.timeZone, now),
      });
      const made = { _id, spectaclesId: prescribedId, place: version + 1, outcome, content };
      await model.create([{ ...made, at: now, byName: ctx.actor.name }], { session });
      noteChange(ctx, { outcome: before.at(-1)?.outcome ?? null }, { outcome }, ['outcome']);
      await noteDay(ctx, row.day, session);
      return {
        ...prescription,
        made: toMadeGlasses(await model.findById(_id).session(session).orFail().lean()),
      };
    });
  } catch (error) {
    if (duplicateKey(error)) throw meanwhile();
    throw error;
  }
}
