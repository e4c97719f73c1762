import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { createCheckout } from '@/features/subscription/billing/checkout';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { AuditDraft } from '@/lib/audit/draft';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { auditOutboxModel } from '@/lib/master/models/audit-outbox';
import { jobModel } from '@/lib/master/models/job';
import { mailLogModel } from '@/lib/master/models/mail-log';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, organizationRow, payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { getTerms } from './queries';
import { changeTermsInput, extendTrialInput, giveCreditInput, giveDiscountInput } from './schema';
import { changeTerms, extendTrial, giveCredit, giveDiscount } from './service';

const ctx = (press: string) => ({
  actor: { kind: 'platform' as const, userId: 'f'.repeat(24), name: 'Fin', email: 'fin@chakravue.test' },
  requestId: 'test',
  audit: new AuditDraft('customer.terms', { target: 'organization:x', requestId: `fin:${press}` }),
});
const reason = 'Down for a day in May';

describe('what the company gives a customer', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });

  async function customer(plan: 'starter' | 'professional' = 'starter', hasTrial = false) {
    const email = `owner-${Math.random().toString(36).slice(2)}@hospital.test`;
    const id = await billedOrganization({ email, plan });
    if (hasTrial) {
      const { sessionId } = await createCheckout(id, plan, { hasTrial });
      await local.control(`checkout/${sessionId}/complete`);
    } else await payAtStripe(local, id, plan);
    const { stripeCustomerId } = await organizationRow(id);
    await syncSubscription(stripeCustomerId ?? '');
    return { id, email, customerId: stripeCustomerId ?? '' };
  }
  const mailsTo = async (to: string) =>
    (await jobModel.find({ kind: 'mail.send', 'payload.to': to }).lean()).map(({ payload }) =>
      String((payload as { subject: string }).subject),
    );

  it('is credit once for one press, at Stripe, in the log with its reason, told by a mail that is logged', async () => {
    const { id, email, customerId } = await customer();
    const input = giveCreditInput.parse({ organizationId: id, amount: '1,050.50', reason });
    expect(await giveCredit(ctx('one'), input)).toBe('$1,050.50');
    await giveCredit(ctx('one'), input).catch(() => undefined);
    expect(await stripe().customers.retrieve(customerId)).toMatchObject({ balance: -105_050 });
    expect(await getTerms(ctx('look'), id)).toMatchObject({
      balance: { cents: 105_050, currency: 'usd' },
      credits: [{ kind: 'given', cents: 105_050, reason }],
    });
    expect((await mailsTo(email)).filter((subject) => subject.includes('credit'))).toHaveLength(1);
    expect(await mailLogModel.countDocuments({ to: email, kind: 'credit', state: 'queued' })).toBe(1);
    expect(JSON.stringify(await auditOutboxModel.find().lean())).toContain(reason);
    for (const amount of ['0', '1.005', '200,000'])
      await expect(
        giveCredit(ctx(amount), giveCreditInput.parse({ organizationId: id, amount, reason })),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'amount' });
  });

  it('is a discount that the next invoice has, and the owner is told', async () => {
    const { id, email } = await customer();
    const input = giveDiscountInput.parse({ organizationId: id, percent: '25', months: '6', reason });
    expect(await giveDiscount(ctx('d'), input)).toBe('25 % for 6 months');
    expect((await organizationRow(id)).subscription?.discount).toMatchObject({ percentOff: 25 });
    expect((await mailsTo(email)).join()).toContain('discount');
  });

  it('is a longer trial, and none where no trial runs', async () => {
    const { id, email } = await customer('starter', true);
    const before = (await organizationRow(id)).subscription?.trialEnd?.getTime() ?? 0;
    await extendTrial(ctx('t'), extendTrialInput.parse({ organizationId: id, days: '10', reason }));
    const { subscription } = await organizationRow(id);
    expect((subscription?.trialEnd?.getTime() ?? 0) - before).toBe(10 * 86_400_000);
    expect(subscription?.status).toBe('trialing');
    expect((await mailsTo(email)).join()).toContain('trial');
    const paying = await customer();
    await expect(
      extendTrial(ctx('u'), extendTrialInput.parse({ organizationId: paying.id, days: '10', reason })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is a larger plan at once, with the difference or without a charge, and a smaller one later', async () => {
    const charged = await customer();
    const terms = (organizationId: string, fields: object) =>
      changeTermsInput.parse({ organizationId, interval: 'month', reason, ...fields });
    const sum = async ({ customerId }: { customerId: string }) =>
      (await stripe().charges.list({ customer: customerId })).data.reduce((all, one) => all + one.amount, 0);
    await changeTerms(ctx('p'), terms(charged.id, { plan: 'professional' }));
    expect(await organizationRow(charged.id)).toMatchObject({ plan: 'professional' });
    expect(await sum(charged)).toBeGreaterThan(9_900);
    expect((await mailsTo(charged.email)).join()).toContain('Professional');

    const given = await customer();
    await changeTerms(ctx('q'), terms(given.id, { plan: 'professional', charge: 'nothing' }));
    expect(await organizationRow(given.id)).toMatchObject({ plan: 'professional' });
    expect(await sum(given)).toBe(9_900);
    await expect(changeTerms(ctx('r'), terms(given.id, { plan: 'professional' }))).rejects.toMatchObject({
      code: 'CONFLICT',
    });

    await changeTerms(ctx('s'), terms(given.id, { plan: 'starter' }));
    expect(await organizationRow(given.id)).toMatchObject({
      plan: 'professional',
      subscription: { pendingChange: { plan: 'starter' } },
    });
  });

  it('is nothing for an organization that is not there, or no customer yet', async () => {
    const input = { amount: '5', reason };
    await expect(
      giveCredit(ctx('x'), giveCreditInput.parse({ organizationId: 'a'.repeat(24), ...input })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const id = await billedOrganization();
    await organizationModel.updateOne({ _id: objectId(id) }, { $unset: { stripeCustomerId: '' } });
    await expect(
      giveCredit(ctx('y'), giveCreditInput.parse({ organizationId: id, ...input })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
