import 'server-only';
import { branchOfVisit } from '@/features/frontdesk/queue/queries';
import { mailSender } from '@/features/identity/face/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { getPatient } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { hashToken } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { composeMail } from '@/lib/mail/compose';
import { sendMail } from '@/lib/mail/send';
import { newObjectId, objectId } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, formatDay, formatInstant } from '@/lib/time';
import { type PaperLink, toPaperLink } from '../dto';
import { readLinkedPaper } from '../linked';
import { paperLinkModel } from '../model';
import { birthYearsOf, LINK_DAYS } from '../policy';
import type { SendPaperInput } from '../schema';
import { makeLinkToken } from '../token';

/**
 * Sends a paper to the patient's own address as a link that ends after seven days. The mail says which
 * hospital, and nothing of the paper or the patient. It is handed over at once: a queue of mails is kept
 * outside of the organization's database, where no address of a patient may be.
 * @throws AppError CONFLICT where the patient has no address, or the paper is not signed; UNAVAILABLE where
 * the mail server does not take it, and then the link is closed; TOO_MANY_REQUESTS; FORBIDDEN; NOT_FOUND.
 */
export async function sendPaper(
  ctx: TenantContext,
  { kind, paperId }: SendPaperInput,
  now = new Date(),
): Promise<PaperLink> {
  const { patientId, makePaper } = await readLinkedPaper(ctx, kind, paperId, async (visitId) => ({
    ...(await paperFrame(ctx, await branchOfVisit(ctx, visitId), now)),
    printed: `Sent by ${ctx.actor.name}, ${formatInstant(now, ctx.timeZone)}.`,
  }));
  const patient = await getPatient(ctx, patientId);
  const { email } = patient;
  if (!email)
    throw new AppError(
      'CONFLICT',
      'This patient has no e-mail address. Write it on the page of the patient.',
    );
  if (patient.deceasedOn) throw new AppError('CONFLICT', 'This patient has died. Nothing is sent.');
  await takePoint('mail.organization', ctx.organizationId, ctx.organization.plan);
  await takePoint('mail.recipient', `${ctx.organizationId} ${email.toLowerCase()}`);
  await takePoint('mail.address', email.toLowerCase());
  const _id = newObjectId();
  const expiresAt = new Date(now.getTime() + LINK_DAYS * 86_400_000);
  const place = { organizationId: ctx.organizationId, linkId: _id.toString() };
  const { token, secret } = makeLinkToken(place, expiresAt);
  const model = paperLinkModel(ctx);
  await auditedWrite(ctx, async (session) => {
    await model.create(
      [
        {
          ...{ _id, email, expiresAt, tries: 0, opens: 0 },
          patientId: objectId(patientId),
          of: `${kind}:${paperId}`,
          content: JSON.stringify(makePaper(undefined)),
          tokenHash: hashToken(secret),
          birthYears: birthYearsOf(patient).join(','),
          agreedAt: now,
          sentByName: ctx.actor.name,
        },
      ],
      { session },
    );
    ctx.audit?.about(`paper-link:${_id}`);
  });
  try {
    await sendMail(await letterOf(ctx, email, token, expiresAt));
  } catch (error) {
    // What a mail server says may repeat the address.
    const { code } = error as { code?: unknown };
    logger.error({ code, linkId: _id.toString() }, 'a paper could not be mailed');
    await model.updateOne(
      { _id },
      { $set: { revokedAt: new Date(), revokedByName: 'Nobody: the mail failed' } },
    );
    throw new AppError('UNAVAILABLE', 'The mail could not be sent. The link is closed; please try again.');
  }
  await model.updateOne({ _id }, { $set: { sentAt: new Date() } });
  return toPaperLink(await model.findById(_id).orFail().lean());
}

const letterOf = async (ctx: TenantContext, to: string, token: string, expiresAt: Date) =>
  composeMail({
    sender: await mailSender(ctx),
    to,
    name: 'patient',
    subject: `${ctx.organization.name}: a paper for you`,
    paragraphs: [
      `${ctx.organization.name} has sent you a paper, as you agreed.`,
      `It opens with your year of birth, until ${formatDay(dayOf(expiresAt, ctx.timeZone))}. Please do not pass the link on.`,
    ],
    button: { label: 'Open the paper', url: `${env().NEXTAUTH_URL}${paths.sharedPaper(token)}` },
    closing: `You did not expect this? Tell ${ctx.organization.name}; nobody can open it without the year of birth.`,
  });
