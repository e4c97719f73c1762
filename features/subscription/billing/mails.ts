import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { listInvoiceReaders } from '@/features/subscription/invoice-details/queries';
import { env } from '@/lib/env';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { formatMoney } from '@/lib/money';
import { op } from '@/lib/mongo';
import { dayOf, formatDay } from '@/lib/time';
import { type BillingChange as Change, changeLetters, type BillingLetter as Letter } from './change-letters';
import { nonPaymentDays } from './dunning';
import { payLink } from './pay-link';
import { type NonPaymentStage, nonPaymentSchedule } from './policy';

type Person = { name: string; email: string };

/** Who can do something about a payment: owners, administrators, and whom the customer named besides. */
export async function recipientsOf(organizationId: Types.ObjectId): Promise<Person[]> {
  const memberships = await membershipModel
    .find({ organizationId, role: op({ $in: ['owner', 'admin'] as const }), status: 'active' })
    .select('userId')
    .lean();
  const users = await userModel
    .find({ _id: op({ $in: memberships.map(({ userId }) => userId) }), disabledAt: null })
    .select('name email')
    .lean();
  const others = await listInvoiceReaders(organizationId);
  const people = [...users.map(({ name, email }) => ({ name, email })), ...others];
  return [...new Map(people.map((person) => [person.email.toLowerCase(), person])).values()];
}

const STAGE_ORDER: readonly NonPaymentStage[] = ['retrying', 'read_only', 'suspended', 'canceled'];

function stageLetter({ before, after }: Change): Letter | null {
  const { nonPayment } = after;
  if (!nonPayment) return null;
  // A later invoice of the same debt has the same beginning; only a step forward is news.
  const known = before.nonPayment;
  const isSameDebt = known?.since.getTime() === nonPayment.since.getTime();
  if (isSameDebt && STAGE_ORDER.indexOf(known?.stage ?? 'retrying') >= STAGE_ORDER.indexOf(nonPayment.stage))
    return null;
  const schedule = nonPaymentSchedule(nonPayment.since, nonPaymentDays());
  const day = (moment: Date) => formatDay(dayOf(moment, before.timeZone));
  const name = before.organizationName;
  const id = `${nonPayment.stage}:${nonPayment.since.getTime()}`;
  const organizationId = before._id.toString();
  const billing = { label: 'Open billing', url: `${env().NEXTAUTH_URL}/billing` };
  const amount = after.subscription?.latestInvoice?.remainingCents;
  const owed = amount ? ` of ${formatMoney(amount, after.subscription?.currency)}` : '';
  switch (nonPayment.stage) {
    case 'retrying':
      return {
        id,
        subject: `A payment for ${name} did not go through`,
        paragraphs: [
          `The payment${owed} was declined. Everything goes on working, and the card is tried again during the next days.`,
          `If nothing is paid by ${day(schedule.readOnlyAt)}, records can only be read; from ${day(schedule.suspendedAt)} nobody can sign in, and on ${day(schedule.canceledAt)} the subscription ends. A payment puts everything back at once. Nothing is deleted.`,
        ],
        button: billing,
      };
    case 'read_only':
      return {
        id,
        subject: `${name} is read-only now`,
        paragraphs: [
          `The payment${owed} is still missing. Your staff can see, print and export every record, and cannot add or change any.`,
          `From ${day(schedule.suspendedAt)} nobody can sign in. A payment puts everything back at once.`,
        ],
        button: billing,
      };
    case 'suspended':
      return {
        id,
        subject: `${name} is suspended`,
        paragraphs: [
          `The payment${owed} is still missing, so nobody can sign in. Your records are kept.`,
          `You can pay with the button below without signing in; everything opens again at once. On ${day(schedule.canceledAt)} the subscription ends.`,
        ],
        button: { label: 'Pay now', url: payLink(organizationId, schedule.canceledAt) },
      };
    default:
      return null;
  }
}

function restoredLetter({ before, after }: Change): Letter | null {
  const wasCut = before.nonPayment && before.nonPayment.stage !== 'retrying';
  if (!wasCut || after.status !== 'active') return null;
  return {
    id: `restored:${before.nonPayment?.since.getTime()}`,
    subject: `${before.organizationName} is open again`,
    paragraphs: ['Thank you, the payment is in. Everything works again for everybody.'],
    button: { label: 'Open your workspace', url: `${env().NEXTAUTH_URL}/today` },
  };
}

function endedLetter({ before, after, now }: Change): Letter | null {
  if (after.status !== 'canceled' || before.status === 'canceled') return null;
  const until = new Date(now.getTime() + 90 * 86_400_000);
  return {
    id: `ended:${after.subscription?.canceledAt?.getTime() ?? now.getTime()}`,
    subject: `The subscription of ${before.organizationName} has ended`,
    paragraphs: [
      'Your records are kept. Nobody can sign in until the subscription is started again; the button below does that without signing in.',
    ],
    button: { label: 'Start again', url: payLink(before._id.toString(), until) },
  };
}

const REMINDER_DAYS = 3;

/** Three days before a trial ends; once for each end. */
function trialLetter({ before, after, now }: Change): Letter | null {
  const trialEnd = after.subscription?.trialEnd;
  if (after.subscription?.status !== 'trialing' || !trialEnd || after.subscription.cancelAtPeriodEnd)
    return null;
  const left = trialEnd.getTime() - now.getTime();
  if (left > REMINDER_DAYS * 86_400_000 + 3_600_000 || left < 0) return null;
  if (before.trialReminderFor?.getTime() === trialEnd.getTime()) return null;
  const { priceCents, currency, interval } = after.subscription;
  return {
    id: `trial:${trialEnd.getTime()}`,
    subject: `Your trial ends on ${formatDay(dayOf(trialEnd, before.timeZone))}`,
    paragraphs: [
      `On that day the first ${interval} of ${before.organizationName} is paid: ${formatMoney(priceCents, currency)}, before tax. You need not do anything to go on.`,
      'If you do not want to go on, cancel in billing before then and nothing is charged.',
    ],
    button: { label: 'Open billing', url: `${env().NEXTAUTH_URL}/billing` },
  };
}

/** The end of the trial that the person is reminded of by this change, to be kept with the organization. */
export const trialReminderOf = (change: Change): Date | null =>
  trialLetter(change) ? (change.after.subscription?.trialEnd ?? null) : null;

/** Mails what is news in a change, to everybody who can act; each exactly when the change is written. */
export async function enqueueBillingMails(change: Change, session: ClientSession): Promise<void> {
  if (change.before.status === 'deleted' || change.before.status === 'offboarding') return;
  const letters = [
    stageLetter(change),
    restoredLetter(change),
    endedLetter(change),
    trialLetter(change),
    ...changeLetters(change),
  ];
  for (const letter of letters) {
    if (!letter) continue;
    for (const { name, email } of change.recipients) {
      const { id, ...content } = letter;
      const mail = composeMail({ to: email, name, ...content });
      const key = `billing:${change.before._id.toString()}:${id}:${email}`;
      await enqueueMail(key, mail, { session, organizationId: change.before._id.toString() });
    }
  }
}
