import 'server-only';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { currencyFor } from './catalog';
import { nonPaymentDays } from './dunning';
import { readPayToken } from './pay-link';
import { priceCents } from './plans';
import { nonPaymentSchedule } from './policy';

/** What a pay link is about; null when the link is forged or too old. */
export async function findPayable(token: string) {
  const organizationId = readPayToken(token);
  if (!organizationId) return null;
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('organizationName country status plan subscription nonPayment timeZone')
    .orFail(notFoundError('organization'))
    .lean();
  const { subscription, nonPayment } = organization;
  const interval = subscription?.interval ?? 'month';
  const currency = currencyFor(organization);
  const isEnded = organization.status === 'canceled';
  const since = nonPayment?.since;
  const kind = isEnded ? ('ended' as const) : since ? ('owed' as const) : ('nothing' as const);
  return {
    kind,
    organizationName: organization.organizationName,
    timeZone: organization.timeZone,
    plan: organization.plan,
    interval,
    currency,
    amountCents: isEnded
      ? priceCents(organization.plan, interval, currency)
      : (nonPayment?.owedCents ?? subscription?.latestInvoice?.remainingCents ?? null),
    endsAt: since ? nonPaymentSchedule(since, nonPaymentDays()).canceledAt.toISOString() : null,
  };
}
