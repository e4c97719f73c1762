import 'server-only';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { endSubscription, syncSubscription } from './sync';

/**
 * Brings one organization to the stage of non-payment that its debt has reached. After the last stage the
 * subscription is ended at Stripe, once Stripe has been asked whether it is still unpaid.
 */
export async function advanceOrganization(organizationId: string): Promise<void> {
  const find = () =>
    organizationModel
      .findById(objectId(organizationId))
      .select('stripeCustomerId subscriptionId nonPayment')
      .lean();
  const before = await find();
  if (!before?.stripeCustomerId) return;
  await syncSubscription(before.stripeCustomerId);
  const after = await find();
  if (after?.nonPayment?.stage !== 'canceled' || !after.subscriptionId) return;
  await endSubscription(after.subscriptionId);
  await syncSubscription(before.stripeCustomerId);
}
