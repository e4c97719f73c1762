import 'server-only';
import { currencyFor } from '@/features/subscription/billing/catalog';
import { recipientsOf } from '@/features/subscription/billing/mails';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { minorOf, readDecimal } from '@/lib/currency';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { organizationModel } from '@/lib/master/models/organization';
import { formatMoney } from '@/lib/money';
import { objectId } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { stripe } from '@/lib/stripe/client';
import { reach } from '@/lib/stripe/failures';
import { wakeWorker } from '@/lib/work/queue';
import type { GiveCreditInput } from '../schema';
import { payingCustomer, pressAt } from './at-stripe';

const MOST_UNITS = 100_000;

/** @throws AppError INVALID_INPUT on the amount. */
function minorFor(text: string, currency: string): number {
  const code = currency.toUpperCase();
  const decimal = readDecimal(text);
  const minor = decimal === null ? null : minorOf(decimal, code);
  const refuse = (sentence: string) => new AppError('INVALID_INPUT', sentence, { field: 'amount' });
  if (minor === null) throw refuse(`Enter an amount as ${code} has it.`);
  if (minor <= 0) throw refuse('Enter more than nothing.');
  if (Number(decimal) > MOST_UNITS) throw refuse(`Give at most ${MOST_UNITS.toLocaleString('en')} at once.`);
  return minor;
}

/**
 * What was credited for it before: Stripe forgets a key after a day, and refuses other words under one.
 */
async function findGiven(customer: string, once: string) {
  const given = stripe().customers.listBalanceTransactions(customer, { limit: 100 });
  return reach(
    (async () => {
      for await (const one of given) if (one.metadata?.once === once) return one;
      return null;
    })(),
  );
}

/**
 * Puts credit on a customer's balance at Stripe: the next invoices ask for so much less. The reason is in the
 * log and at Stripe, and those who pay are told.
 * @param once what is credited once, however often and in whatever words it is asked for
 * @returns what was given, in words. @throws AppError NOT_FOUND, CONFLICT, INVALID_INPUT on the amount.
 */
export async function giveCredit(
  ctx: PlatformContext,
  input: GiveCreditInput,
  once?: string,
): Promise<string> {
  const { organizationId, reason } = input;
  const customer = await payingCustomer(organizationId);
  const row = await organizationModel
    .findById(objectId(organizationId))
    .select('organizationName country subscription.currency')
    .orFail()
    .lean();
  const currency = currencyFor(row);
  const given = once ? await findGiven(customer, once) : null;
  const minor = given ? -given.amount : minorFor(input.amount, currency);
  const give = () =>
    stripe().customers.createBalanceTransaction(
      customer,
      {
        amount: -minor,
        currency,
        description: reason,
        metadata: { reason, by: ctx.actor.name, organizationId, ...(once ? { once } : {}) },
      },
      { idempotencyKey: once ?? pressAt(ctx, 'credit') },
    );
  const away = 'Stripe cannot be reached right now. Look at the credit again before you press once more.';
  const { id } = given ?? (await reach(give(), { away }));
  const words = formatMoney(minor, currency);
  const people = await recipientsOf(row._id);
  await auditedMasterWrite(ctx, async (session) => {
    noteChange(ctx, { given: '', givenReason: '' }, { given: words, givenReason: reason }, [
      'given',
      'givenReason',
    ]);
    for (const { name, email } of people) {
      const mail = composeMail({
        to: email,
        name,
        subject: `${words} of credit for ${row.organizationName}`,
        paragraphs: [
          `We have put ${words} to your credit. Your next invoices ask for that much less; you need not do anything.`,
        ],
        button: { label: 'Open billing', url: `${env().NEXTAUTH_URL}${paths.billing}` },
      });
      await enqueueMail(`credit:${id}:${email}`, mail, { session, organizationId });
    }
  });
  wakeWorker();
  return words;
}
