import 'server-only';
import type { TenantContext } from '@/lib/tenancy/context';
import { type SpectaclesPrescription, toSpectaclesPrescription } from './dto';
import { spectaclesModel } from './model';
import type { PrescribeSpectaclesInput, VoidSpectaclesInput } from './schema';
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
