import 'server-only';
import { mailSender } from '@/features/identity/face/queries';
import { getPatient } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { formatAmount } from '@/lib/currency';
import { AppError, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { composeMail } from '@/lib/mail/compose';
import { sendMail } from '@/lib/mail/send';
import { objectId } from '@/lib/mongo';
import { takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatInstant } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { toPaymentLink } from '../dto';
import { paymentLinkModel } from '../model';
import type { LinkInput } from '../schema';

/**
 * Mails a link to the patient's own address: which hospital, which bill, how much, and nothing of what was
 * done. It is handed over at once: a queue of mails is kept outside of the organization's database.
 * @throws AppError NOT_FOUND; CONFLICT where the link has ended or the patient has no address;
 * TOO_MANY_REQUESTS; UNAVAILABLE where the mail server does not take it.
 */
export async function sendLink(ctx: TenantContext, { linkId }: LinkInput): Promise<{ email: string }> {
  const row = await paymentLinkModel(ctx).findById(objectId(linkId, 'link')).lean();
  if (!row) throw notFoundError('link');
  const { address, billId, billNumber, amountMinor, currency, expiresAt, patientId } = toPaymentLink(
    ctx,
    row,
  );
  if (!address) throw new AppError('CONFLICT', 'Nobody can pay by this link any more. Make a new one.');
  const [{ email, deceasedOn }, settings, sender] = await Promise.all([
    getPatient(ctx, patientId),
    getBillSettings(ctx),
    mailSender(ctx),
  ]);
  if (!email)
    throw new AppError(
      'CONFLICT',
      'This patient has no e-mail address. Write it on the page of the patient.',
    );
  if (deceasedOn) throw new AppError('CONFLICT', 'This patient has died. Nothing is sent.');
  await takePoint('mail.organization', ctx.organizationId, ctx.organization.plan);
  await takePoint('mail.recipient', `${ctx.organizationId} ${email.toLowerCase()}`);
  await takePoint('mail.address', email.toLowerCase());
  const amount = formatAmount(amountMinor, { ...settings.currency, code: currency });
  const until = formatInstant(new Date(expiresAt), ctx.timeZone);
  // The entry first: that somebody was written to is never lost.
  await auditedWrite(ctx, async () => ctx.audit?.about(`bill:${billId}`));
  try {
    await sendMail(
      composeMail({
        ...{ sender, to: email, name: 'patient' },
        subject: `${ctx.organization.name}: bill ${billNumber}`,
        paragraphs: [
          `${ctx.organization.name} asks you to pay ${amount} for bill ${billNumber}.`,
          `You can pay by the link until ${until}. The page says whose it is before you pay.`,
        ],
        button: { label: 'Pay the bill', url: address },
        closing: `You did not expect this? Ask ${ctx.organization.name} before you pay.`,
      }),
    );
  } catch (error) {
    // What a mail server says may repeat the address.
    const { code } = error as { code?: unknown };
    logger.error({ code, linkId }, 'a payment link could not be mailed');
    throw new AppError('UNAVAILABLE', 'The mail could not be sent. Please try again, or copy the link.');
  }
  return { email };
}
