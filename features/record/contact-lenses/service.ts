import 'server-only';
import {
  type Prescribed,
  prescribeAtVisit,
  voidPrescribed,
} from '@/features/record/spectacles/signed-at-visit';
import type { TenantContext } from '@/lib/tenancy/context';
import { type ContactLensPrescription, toContactLensPrescription } from './dto';
import { contactLensesModel } from './model';
import type { PrescribeContactLensesInput, VoidContactLensesInput } from './schema';

const LENSES: Prescribed<ContactLensPrescription> = {
  model: contactLensesModel,
  target: 'contact-lenses',
  toPrescription: toContactLensPrescription,
  words: {
    signedOtherwise: 'These lenses are signed already, with other values. Open them to change them.',
    prescribedMeanwhile:
      'has prescribed contact lenses at this visit meanwhile. What you wrote is still here.',
    voidedMeanwhile: 'The lenses that you change were voided meanwhile. What you wrote is still here.',
    reasonMissing: 'Contact lenses are prescribed at this visit: say why they change.',
  },
};

/** Prescribes contact lenses at a visit. @throws AppError as prescribeAtVisit. */
export const prescribeContactLenses = (
  ctx: TenantContext,
  { lenses, ...press }: PrescribeContactLensesInput,
  now = new Date(),
): Promise<ContactLensPrescription> => prescribeAtVisit(ctx, LENSES, press, JSON.stringify(lenses), now);

/** Takes a prescription of contact lenses back. @throws AppError as voidPrescribed. */
export const voidContactLenses = (
  ctx: TenantContext,
  { contactLensesId, reason }: VoidContactLensesInput,
  now = new Date(),
): Promise<ContactLensPrescription> => voidPrescribed(ctx, LENSES, contactLensesId, reason, now);
