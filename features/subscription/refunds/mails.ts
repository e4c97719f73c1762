import 'server-only';
import { recipientsOf } from '@/features/subscription/billing/mails';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { masterTransaction } from '@/lib/master/connection';
import { mailLogModel } from '@/lib/master/models/mail-log';
import { organizationModel } from '@/lib/master/models/organization';
import { formatMoney } from '@/lib/money';
import { stripe } from '@/lib/stripe/client';
import { wakeWorker } from '@/lib/work/queue';

/** What those who pay read when something of their payment goes back. */
export const refundLetter = (to: { name: string; email: string }, words: string) =>
  composeMail({
    to: to.email,
    name: to.name,
    subject: `We have given ${words} back`,
    paragraphs: [
      `${words} of your payment to Chakravue goes back to the card or account that it came from. Banks take five to ten days to show it.`,
      'Your plan stays as it is. A credit note follows; it stands on the page of the invoice, which you find under Billing.',
    ],
  });

/**
 * Tells those who pay of what somebody gave back in Stripe's own dashboard, once however often it is asked
 * for. What we gave back ourselves was told with its entry in the log.
 */
export async function tellOfRefund(refundId: string): Promise<void> {
  const refund = await stripe().refunds.retrieve(refundId, { expand: ['charge'] });
  const { charge, status } = refund;
  if (refund.metadata?.by || status === 'failed' || status === 'canceled') return;
  const customer = charge && typeof charge === 'object' ? charge.customer : null;
  const stripeCustomerId = typeof customer === 'string' ? customer : customer?.id;
  if (!stripeCustomerId) return;
  const organization = await organizationModel.findOne({ stripeCustomerId }).select('_id status').lean();
  if (!organization || organization.status === 'deleted') return;
  const organizationId = organization._id.toString();
  const words = formatMoney(refund.amount, refund.currency);
  for (const person of await recipientsOf(organization._id)) {
    const key = `refund:${refundId}:${person.email}`;
    await masterTransaction(async (session) => {
      if (await mailLogModel.exists({ key }).session(session)) return;
      await enqueueMail(key, refundLetter(person, words), { session, organizationId });
    });
  }
  wakeWorker();
}
