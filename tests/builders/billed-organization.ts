import { randomUUID } from 'node:crypto';
import type Stripe from 'stripe';
import { createCheckout } from '@/features/subscription/billing/checkout';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { userModel } from '@/lib/master/models/user';
import type { OrganizationState, PlanId } from '@/lib/master/vocabulary';
import { newObjectId, objectId } from '@/lib/mongo';

/** An organization with an owner in the master database only: billing needs no more. */
export async function billedOrganization(
  options: {
    plan?: PlanId;
    status?: OrganizationState;
    email?: string;
    /** The owner has not confirmed the address yet. */
    isUnproved?: boolean;
    hasDatabase?: boolean;
  } = {},
) {
  const tag = randomUUID().slice(0, 8);
  const _id = newObjectId();
  const ownerId = newObjectId();
  const email = options.email ?? `owner-${tag}@hospital.test`;
  await userModel.create({
    _id: ownerId,
    name: 'Meera Nair',
    email,
    emailKey: `${tag}:${email.toLowerCase()}`,
    passwordHash: 'unused',
    ...(options.isUnproved ? {} : { emailVerifiedAt: new Date() }),
  });
  await membershipModel.create({
    userId: ownerId,
    organizationId: _id,
    role: 'owner',
    status: 'active',
  });
  await organizationModel.create({
    _id,
    organizationName: `Hospital ${tag}`,
    nameKey: `hospital ${tag}`,
    email,
    phone: '+91 98450 12345',
    industry: 'eye-hospital',
    country: 'IN',
    timeZone: 'Asia/Kolkata',
    expectedUsers: 5,
    plan: options.plan ?? 'starter',
    status: options.status ?? 'pending_payment',
    statusSince: new Date(),
    ownerId,
    features: { maxUsers: 5, maxStorage: 1024 ** 3, enableAnalytics: false, enableReports: true },
    usage: { seats: 1, storageBytes: 0 },
  });
  if (options.hasDatabase ?? true) {
    await provisioningModel.create({ organizationId: _id, step: 'active', finishedAt: new Date() });
  }
  return _id.toString();
}

export const organizationRow = async (organizationId: string) =>
  organizationModel.findById(objectId(organizationId)).orFail().lean();

/** A hospital that has paid at the emulator's page; Stripe's side only, nothing is synced yet. */
export async function payAtStripe(
  stripe: { control: (path: string, body?: object) => Promise<{ status: number; body: unknown }> },
  organizationId: string,
  plan: PlanId = 'starter',
): Promise<{ customerId: string; subscriptionId: string }> {
  const { sessionId } = await createCheckout(organizationId, plan);
  const { status, body } = await stripe.control(`checkout/${sessionId}/complete`);
  if (status !== 200) throw new Error(`The payment failed: ${JSON.stringify(body)}`);
  const session = body as Stripe.Checkout.Session;
  return { customerId: String(session.customer), subscriptionId: String(session.subscription) };
}
