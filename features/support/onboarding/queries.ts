import 'server-only';
import { hasPrices } from '@/features/cashier/price-list/queries';
import { hasRealAppointments } from '@/features/frontdesk/appointments/queries';
import { hasHours } from '@/features/frontdesk/schedules/queries';
import { hasLetterhead } from '@/features/identity/papers/queries';
import { getSeats } from '@/features/identity/staff/seats';
import { countPatients, findSamples } from '@/features/patients/patients/queries';
import { hasStock } from '@/features/pharmacy/medicines/queries';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { KEPT_STEPS, type KeptStepId, type StartStep, startSteps } from './policy';

/** As the organization's row says it, which each request has read. */
export type Onboarding =
  | { done?: string[] | null | undefined; putAwayAt?: Date | null | undefined }
  | null
  | undefined;

const IS_DONE: Record<KeptStepId, (ctx: TenantContext) => Promise<boolean>> = {
  letterhead: hasLetterhead,
  prices: hasPrices,
  staff: async ({ organizationId }) => (await getSeats(organizationId)).used > 1,
  hours: hasHours,
  stock: hasStock,
  patient: async (ctx) => (await countPatients(ctx)) > 0,
  appointment: async (ctx) =>
    hasRealAppointments(
      ctx,
      (await findSamples(ctx)).map(({ _id }) => _id),
    ),
};

/**
 * What has still to be set up; empty when everything is done or the list is put away. Only what is not known
 * as done is looked for, and what is found is kept: a hospital at work costs no read.
 */
export async function listStartSteps(
  ctx: TenantContext,
  { onboarding, hasSecondFactor }: { onboarding: Onboarding; hasSecondFactor: boolean },
): Promise<StartStep[]> {
  if (onboarding?.putAwayAt) return [];
  return startSteps(await doneOf(ctx, onboarding), hasSecondFactor);
}

/** The same for who asks for the list, also when it is put away. */
export async function getSetUp(
  ctx: TenantContext,
  { onboarding, hasSecondFactor }: { onboarding: Onboarding; hasSecondFactor: boolean },
) {
  const steps = startSteps(await doneOf(ctx, onboarding), hasSecondFactor);
  return { left: steps.filter(({ isDone }) => !isDone).length, isPutAway: Boolean(onboarding?.putAwayAt) };
}

async function doneOf(ctx: TenantContext, onboarding: Onboarding): Promise<ReadonlySet<string>> {
  const known = new Set(onboarding?.done ?? []);
  const open = KEPT_STEPS.filter((id) => !known.has(id));
  if (open.length === 0) return known;
  const answers = await Promise.all(open.map(async (id) => ((await IS_DONE[id](ctx)) ? [id] : [])));
  const fresh = answers.flat();
  if (fresh.length > 0)
    await organizationModel.updateOne(
      { _id: objectId(ctx.organizationId) },
      { $addToSet: { 'onboarding.done': op({ $each: fresh }) } },
      { timestamps: false },
    );
  return new Set([...known, ...fresh]);
}
