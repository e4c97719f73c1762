import 'server-only';
import { findProvisioning, type ProvisioningProgress } from '@/features/fleet/provisioning/queries';
import { findCheckout } from '@/features/subscription/billing/checkout';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import type { OrganizationState, PlanId } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { wakeWorker } from '@/lib/work/queue';

export type SignupStatus = {
  organizationName: string;
  plan: PlanId;
  state: OrganizationState;
  provisioning: ProvisioningProgress | null;
};

/** Where a sign-up stands: payment, then each step of making the database. @throws AppError NOT_FOUND. */
export async function getSignupStatus(organizationId: string): Promise<SignupStatus> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('organizationName plan status')
    .lean();
  if (!organization) throw notFoundError('organization');
  return {
    organizationName: organization.organizationName,
    plan: organization.plan,
    state: organization.status,
    provisioning: await findProvisioning(organizationId),
  };
}

/** What was chosen at sign-up, for the payment page. */
export async function getCheckoutChoice(organizationId: string) {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('plan checkoutChoice')
    .orFail(notFoundError('organization'))
    .lean();
  return {
    plan: organization.plan,
    interval: organization.checkoutChoice?.interval ?? ('month' as const),
    hasTrial: organization.checkoutChoice?.hasTrial ?? false,
  };
}

/**
 * The browser is back from the payment page, perhaps before the webhook: asks Stripe once, so that a lost
 * webhook costs nothing. A session of somebody else's is ignored.
 */
export async function noticePayment(organizationId: string, checkoutSessionId: string): Promise<void> {
  const checkout = await findCheckout(checkoutSessionId);
  if (!checkout?.isComplete || checkout.organizationId !== organizationId) return;
  const organization = await organizationModel
    .findById(objectId(organizationId))
    .select('status stripeCustomerId')
    .lean();
  const isWaiting =
    organization?.status === 'pending_payment' ||
    organization?.status === 'requested' ||
    organization?.status === 'canceled';
  if (!isWaiting || !organization.stripeCustomerId) return;
  await syncSubscription(organization.stripeCustomerId);
  wakeWorker();
}
