import 'server-only';
import type { Types } from 'mongoose';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import { settlementModel } from '../settlements/model';
import { type TdsCertificate, toTdsCertificate } from './dto';
import { tdsCertificateModel } from './model';
import {
  compareWithheld,
  firstDayOf,
  lastQuarters,
  quarterOf,
  type Withheld,
  type WithheldRow,
} from './policy';

/** Two years: a certificate that has not come by then is asked for by the accountant. */
const QUARTERS = 8;
/** Of the list; what they come to is added up by the database, of all. */
export const MOST_CERTIFICATES = 500;

/** The find behind the certificates since a quarter, the newest quarter first. */
export const findTdsCertificates = (ctx: TenantContext, since: string) =>
  tdsCertificateModel(ctx)
    .find({ quarter: op({ $gte: since }) })
    .sort({ quarter: -1, at: -1, _id: -1 })
    .limit(MOST_CERTIFICATES);

/** What payers withheld on what they transferred since a day. A transfer is entered on its day or later. */
async function withheldSince(ctx: TenantContext, from: Day): Promise<Withheld[]> {
  const rows = await settlementModel(ctx).aggregate<{
    _id: { payerId: Types.ObjectId; receivedDay: Day };
    payerName: string;
    minor: number;
  }>([
    { $match: { day: { $gte: from }, receivedDay: { $gte: from } } },
    {
      $group: {
        _id: { payerId: '$payerId', receivedDay: '$receivedDay' },
        payerName: { $last: '$payerName' },
        minor: { $sum: '$tdsMinor' },
      },
    },
  ]);
  return rows.map(({ _id, payerName, minor }) => ({
    ...{ payerId: _id.payerId.toString(), payerName, quarter: quarterOf(_id.receivedDay), minor },
  }));
}

/** What certificates since a quarter say that was withheld, without those that were withdrawn. */
async function certifiedSince(ctx: TenantContext, since: string): Promise<Withheld[]> {
  const rows = await tdsCertificateModel(ctx).aggregate<{
    _id: { payerId: Types.ObjectId; quarter: string };
    payerName: string;
    minor: number;
  }>([
    { $match: { quarter: { $gte: since }, isWithdrawn: false } },
    {
      $group: {
        _id: { payerId: '$payerId', quarter: '$quarter' },
        payerName: { $last: '$payerName' },
        minor: { $sum: '$amountMinor' },
      },
    },
  ]);
  return rows.map(({ _id, payerName, minor }) => ({
    ...{ payerId: _id.payerId.toString(), payerName, quarter: _id.quarter, minor },
  }));
}

/** The last two years: what was withheld, what certificates say of it, and the certificates. */
export async function readTds(
  ctx: TenantContext,
): Promise<{ quarters: string[]; rows: WithheldRow[]; certificates: TdsCertificate[] }> {
  const quarters = lastQuarters(today(ctx.timeZone), QUARTERS);
  const since = quarters.at(-1) ?? '';
  const [withheld, certified, found] = await Promise.all([
    withheldSince(ctx, firstDayOf(since)),
    certifiedSince(ctx, since),
    findTdsCertificates(ctx, since).lean(),
  ]);
  return {
    ...{ quarters, rows: compareWithheld(withheld, certified) },
    certificates: found.map(toTdsCertificate),
  };
}
