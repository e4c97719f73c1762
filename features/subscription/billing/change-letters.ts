import 'server-only';
import type { Types } from 'mongoose';
import { env } from '@/lib/env';
import type { OrganizationState } from '@/lib/master/vocabulary';
import { formatMoney } from '@/lib/money';
import { dayOf, formatDay } from '@/lib/time';
import { isPlanId, PLANS } from './plans';
import { isLive, type NonPaymentStage } from './policy';
import type { SubscriptionSnapshot } from './snapshot';

type Maybe<T> = T | null | undefined;

/** What the letters compare of a subscription; both what is stored and what Stripe says now have it. */
type KnownTerms = {
  status: string;
  plan?: Maybe<string>;
  interval?: Maybe<string>;
  priceCents?: Maybe<number>;
  currency?: Maybe<string>;
  currentPeriodEnd?: Maybe<Date>;
  cancelAtPeriodEnd?: Maybe<boolean>;
  trialEnd?: Maybe<Date>;
  pause?: Maybe<{ resumesAt?: Maybe<Date> }>;
  discount?: Maybe<{ id?: Maybe<string>; name?: Maybe<string> }>;
  pendingChange?: Maybe<{ plan?: Maybe<string>; interval?: Maybe<string>; at?: Maybe<Date> }>;
};

type NonPayment = { since: Date; stage: NonPaymentStage } | null | undefined;
export type BillingChange = {
  before: {
    _id: Types.ObjectId;
    organizationName: string;
    timeZone: string;
    status: OrganizationState;
    nonPayment?: NonPayment;
    trialReminderFor?: Date | null | undefined;
    subscription?: KnownTerms | null | undefined;
  };
  after: { status: OrganizationState; subscription: SubscriptionSnapshot | null; nonPayment: NonPayment };
  now: Date;
  recipients: readonly { name: string; email: string }[];
};

export type BillingLetter = {
  id: string;
  subject: string;
  paragraphs: string[];
  button: { label: string; url: string };
};

const nameOf = (plan: Maybe<string>): string => (isPlanId(plan) ? PLANS[plan].name : 'another plan');
const timeOf = (date: Maybe<Date>): number => date?.getTime() ?? 0;

function planLetter(from: KnownTerms, to: KnownTerms): Omit<BillingLetter, 'button'> | null {
  if (from.plan === to.plan && from.interval === to.interval) return null;
  const price = `${formatMoney(to.priceCents ?? 0, to.currency ?? undefined)} a ${to.interval}, before tax`;
  return {
    id: `plan:${to.plan}:${to.interval}:${timeOf(to.currentPeriodEnd)}`,
    subject: `You are on ${nameOf(to.plan)} now`,
    paragraphs: [
      `Your plan was ${nameOf(from.plan)}, paid by the ${from.interval}. It is ${nameOf(to.plan)}, paid by the ${to.interval}, from now on: ${price}.`,
      'What was charged or credited for the change stands on the invoice in billing.',
    ],
  };
}

function laterLetter(from: KnownTerms, to: KnownTerms, day: (date: Date) => string) {
  const [was, is] = [from.pendingChange, to.pendingChange];
  if (is?.at && (was?.plan !== is.plan || was?.interval !== is.interval))
    return {
      id: `later:${is.plan}:${is.interval}:${timeOf(is.at)}`,
      subject: `Your plan changes to ${nameOf(is.plan)} on ${day(is.at)}`,
      paragraphs: [
        `Until then everything stays as it is. From ${day(is.at)} your plan is ${nameOf(is.plan)}, paid by the ${is.interval}. You can take it back in billing until that day.`,
      ],
    };
  // One that has come is told as the change itself.
  if (was?.at && !is && from.plan === to.plan && from.interval === to.interval)
    return {
      id: `kept:${was.plan}:${timeOf(was.at)}`,
      subject: `You stay on ${nameOf(to.plan)}`,
      paragraphs: [`The change to ${nameOf(was.plan)} will not be made. Your plan stays as it is.`],
    };
  return null;
}

function leavingLetter(from: KnownTerms, to: KnownTerms, day: (date: Date) => string, now: Date) {
  if (Boolean(from.cancelAtPeriodEnd) === Boolean(to.cancelAtPeriodEnd) || !to.currentPeriodEnd) return null;
  const end = day(to.currentPeriodEnd);
  return to.cancelAtPeriodEnd
    ? {
        id: `cancel:${now.getTime()}`,
        subject: `Your subscription ends on ${end}`,
        paragraphs: [
          `You have canceled. Until ${end} everything works as it does now; nothing is charged any more. You can take it back in billing until that day.`,
        ],
      }
    : {
        id: `goes-on:${now.getTime()}`,
        subject: 'Your subscription goes on',
        paragraphs: [`The cancellation is taken back. The next payment is due on ${end}.`],
      };
}

function pauseLetter(from: KnownTerms, to: KnownTerms, day: (date: Date) => string, now: Date) {
  if (Boolean(from.pause) === Boolean(to.pause)) return null;
  if (!to.pause)
    return {
      id: `resumed:${now.getTime()}`,
      subject: 'Your pause has ended',
      paragraphs: ['Your subscription goes on, and invoices come as before.'],
    };
  const until = to.pause.resumesAt ? ` It goes on by itself on ${day(to.pause.resumesAt)}.` : '';
  return {
    id: `paused:${now.getTime()}`,
    subject: 'Your subscription pauses',
    paragraphs: [`Nothing is charged while it pauses; what is paid for stays open to its end.${until}`],
  };
}

function discountLetter(from: KnownTerms, to: KnownTerms) {
  if (!to.discount?.id || from.discount?.id === to.discount.id) return null;
  return {
    id: `discount:${to.discount.id}`,
    subject: 'You have a discount',
    paragraphs: [`${to.discount.name ?? 'It'} counts from your next invoice on. You need not do anything.`],
  };
}

function trialMoved(from: KnownTerms, to: KnownTerms, day: (date: Date) => string) {
  if (from.status !== 'trialing') return null;
  if (to.status === 'active')
    return {
      id: `trial-paid:${timeOf(from.trialEnd)}`,
      subject: 'Your trial has ended and your subscription has begun',
      paragraphs: [
        `The first ${to.interval} is charged now: ${formatMoney(to.priceCents ?? 0, to.currency ?? undefined)}, before tax and discounts. The invoice is in billing.`,
      ],
    };
  if (to.status !== 'trialing' || !to.trialEnd || timeOf(to.trialEnd) === timeOf(from.trialEnd)) return null;
  return {
    id: `trial-moved:${timeOf(to.trialEnd)}`,
    subject: `Your trial runs until ${day(to.trialEnd)}`,
    paragraphs: ['Nothing is charged before that day. You need not do anything.'],
  };
}

/** What is news of plan and money between what was known and what Stripe says now; a letter for each. */
export function changeLetters({ before, after, now }: BillingChange): BillingLetter[] {
  const [from, to] = [before.subscription, after.subscription];
  if (!from || !to || !isLive(from) || !isLive(to)) return [];
  const terms: KnownTerms = to;
  const day = (date: Date) => formatDay(dayOf(date, before.timeZone));
  const letters = [
    planLetter(from, terms),
    laterLetter(from, terms, day),
    leavingLetter(from, terms, day, now),
    pauseLetter(from, terms, day, now),
    discountLetter(from, terms),
    trialMoved(from, terms, day),
  ];
  const button = { label: 'Open billing', url: `${env().NEXTAUTH_URL}/billing` };
  return letters.flatMap((letter) => (letter ? [{ ...letter, button }] : []));
}
