import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '@/server/master-models';
import { processEvent, receiveEvent } from '@/features/subscription/billing/events';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { AuditDraft } from '@/lib/audit/draft';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { auditOutboxModel } from '@/lib/master/models/audit-outbox';
import { jobModel } from '@/lib/master/models/job';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { billedOrganization, payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { creditRefund } from './credit-note';
import { tellOfRefund } from './mails';
import { getCustomerMoney } from './queries';
import { refundPaymentInput } from './schema';
import { refundPayment } from './service';

const ctx = (press: string) => ({
  actor: { kind: 'platform' as const, userId: 'f'.repeat(24), name: 'Fin', email: 'fin@chakravue.test' },
  requestId: 'test',
  audit: new AuditDraft('payment.refund', { target: 'payment:x', requestId: `fin:${press}` }),
});

describe('a payment that is given back', () => {
  let local: Awaited<ReturnType<typeof startStripe>>;
  beforeAll(async () => {
    local = await startStripe();
    await ensureMasterIndexes();
  });
  afterAll(async () => {
    await local.stop();
    await closeConnections();
  });

  async function paid() {
    const email = `payer-${Math.random().toString(36).slice(2)}@hospital.test`;
    const id = await billedOrganization({ email });
    const { customerId } = await payAtStripe(local, id, 'professional');
    await organizationModel.updateOne({ _id: objectId(id) }, { $set: { stripeCustomerId: customerId } });
    await syncSubscription(customerId);
    const money = await getCustomerMoney(ctx('look'), id);
    const [payment] = money?.payments ?? [];
    if (!payment) throw new Error('nothing was paid');
    return { id, email, payment };
  }
  const typed = (organizationId: string, chargeId: string, amount: string) =>
    refundPaymentInput.parse({ organizationId, chargeId, amount, reason: 'Charged twice by mistake' });
  const mailsTo = (to: string) =>
    jobModel.countDocuments({ kind: 'mail.send', 'payload.to': to, key: /^refund:/ });

  it('goes back once for one press, is in the log with its reason, and those who pay are told', async () => {
    const { id, email, payment } = await paid();
    expect(payment).toMatchObject({ status: 'succeeded', refundedCents: 0, currency: 'usd' });
    const input = typed(id, payment.id, '10.50');
    expect(await refundPayment(ctx('one'), input)).toBe('$10.50');
    // The same press once more: Stripe gives its first answer, and our log refuses a second entry.
    await refundPayment(ctx('one'), input).catch(() => undefined);
    const after = await getCustomerMoney(ctx('look'), id);
    expect(after?.payments[0]).toMatchObject({ id: payment.id, refundedCents: 1_050 });
    expect(await mailsTo(email)).toBe(1);
    const [refund] = (await stripe().refunds.list({ charge: payment.id })).data;
    expect(await jobModel.countDocuments({ kind: 'refund.credit', key: refund?.id ?? '' })).toBe(1);
    const notes = await auditOutboxModel.find({ action: 'payment.refund' }).lean();
    expect(JSON.stringify(notes)).toContain('Charged twice by mistake');
    expect(JSON.stringify(notes)).toContain('$10.50');
  });

  it('is credited and told once where it was made in Stripe’s dashboard, however often Stripe tells it', async () => {
    const { id, email, payment } = await paid();
    await refundPayment(ctx('ours'), typed(id, payment.id, '5'));
    const ours = await mailsTo(email);
    const made = await stripe().refunds.create({ charge: payment.id, amount: 1_500 });
    const { data } = await stripe().events.list({ type: 'charge.refunded', limit: 10 });
    const events = data.filter((event) => JSON.stringify(event.data.object).includes(payment.id));
    expect(events).toHaveLength(2);
    for (const event of [...events, ...events]) {
      await receiveEvent(event);
      await processEvent(event.id);
    }
    const { data: refunds } = await stripe().refunds.list({ charge: payment.id });
    for (const refund of refunds) {
      expect(await jobModel.countDocuments({ kind: 'refund.credit', key: refund.id })).toBe(1);
      for (const _twice of [1, 2]) {
        await creditRefund(refund.id);
        await tellOfRefund(refund.id);
      }
    }
    const [invoice] = (await getCustomerMoney(ctx('look'), id))?.invoices ?? [];
    const notes = (await stripe().creditNotes.list({ invoice: invoice?.id ?? '' })).data;
    expect(notes.map(({ total }) => total).sort()).toEqual([1_500, 500]);
    expect(notes.map(({ metadata }) => metadata?.refund)).toContain(made.id);
    // One for ours, by its press; one for the other, by its refund.
    expect(ours).toBe(1);
    expect(await mailsTo(email)).toBe(2);
  });

  it('is never more than was paid, nor another customer’s', async () => {
    const { id, email, payment } = await paid();
    const other = await paid();
    const whole = String(payment.amountCents / 100);
    await expect(
      refundPayment(ctx('a'), typed(id, payment.id, String(payment.amountCents / 100 + 1))),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'amount' });
    await expect(refundPayment(ctx('b'), typed(other.id, payment.id, '1'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(refundPayment(ctx('c'), typed(id, 'ch_nobody', '1'))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await mailsTo(email)).toBe(0);
    await refundPayment(ctx('d'), typed(id, payment.id, whole));
    await expect(refundPayment(ctx('e'), typed(id, payment.id, '1'))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const { data } = await stripe().refunds.list({ charge: payment.id });
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({ amount: payment.amountCents, metadata: { by: 'Fin' } });
  });
});
