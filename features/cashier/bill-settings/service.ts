import 'server-only';
import type { ClientSession } from 'mongoose';
import { withBranchesHeld } from '@/features/identity/branches/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { currencyOf, minorOf } from '@/lib/currency';
import { AppError } from '@/lib/errors';
import { assertTaxNumber } from '@/lib/tax-number';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import type { Day } from '@/lib/time';
import { type BillSettings, toBillSettings } from './dto';
import { billSettingsModel } from './model';
import { documentNumber, financialYearOf, legalCashLimit, type SeriesKind } from './policy';
import { SETTINGS_ID } from './queries';
import type { BillSettingsInput } from './schema';

const AUDITED = [
  ...(['legalName', 'address', 'taxNumber', 'numberPrefix', 'upiAddress', 'reviewDays'] as const),
  ...(['discountLimitBp', 'cashLimitMinor', 'isRounded', 'footer'] as const),
];

/**
 * A typed amount in the smallest unit.
 * @throws AppError INVALID_INPUT on `field` for more decimals than the currency has.
 */
export function minorIn(currency: string, decimal: string, field: string): number {
  const minor = minorOf(decimal, currency);
  if (minor === null)
    throw new AppError('INVALID_INPUT', 'This has more decimals than the currency has.', { field });
  return minor;
}

/** Writes the currency of the country, once: from then on it stays. Idempotent. */
export async function fixCurrency(ctx: { db: TenantDatabase }, country: string): Promise<void> {
  // Where it is there already nothing is written, not even when it was last looked at.
  if (await billSettingsModel(ctx).exists({ _id: SETTINGS_ID })) return;
  await billSettingsModel(ctx).updateOne(
    { _id: SETTINGS_ID },
    { $setOnInsert: { currency: currencyOf(country) } },
    { upsert: true },
  );
}

/**
 * @param input with the version that was opened, where a person changes them.
 * @throws AppError INVALID_INPUT for a cash limit above the legal one, or no tax number of the country;
 * CONFLICT when somebody else has changed them meanwhile.
 */
export async function updateBillSettings(
  ctx: TenantContext,
  { version, ...input }: BillSettingsInput & { version?: number },
): Promise<BillSettings> {
  const { discountLimit, cashLimit, footer, ...facts } = input;
  assertTaxNumber(ctx.organization.country, facts.taxNumber);
  await fixCurrency(ctx, ctx.organization.country);
  const { numberPrefix } = facts;
  const write = () =>
    auditedWrite(ctx, async (session) => {
      const before = await billSettingsModel(ctx).findById(SETTINGS_ID).session(session).orFail().lean();
      if (version !== undefined && version !== (before.version ?? 0))
        throw new AppError('CONFLICT', 'Somebody else has changed these settings meanwhile.');
      const limit = legalCashLimit(ctx.organization.country);
      const cashLimitMinor =
        cashLimit === undefined ? undefined : minorIn(before.currency, cashLimit, 'cashLimit');
      if (limit !== null && cashLimitMinor !== undefined && cashLimitMinor > limit)
        throw new AppError('INVALID_INPUT', 'The law forbids more than this in cash. Choose a lower limit.', {
          field: 'cashLimit',
        });
      const wanted = { ...facts, footer, discountLimitBp: discountLimit, cashLimitMinor };
      const set = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
      const unset = Object.fromEntries(
        Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [[name, '']] : [])),
      );
      const row = await billSettingsModel(ctx)
        .findOneAndUpdate(
          { _id: SETTINGS_ID },
          { $set: set, $unset: unset, $inc: { version: 1 } },
          { session, returnDocument: 'after' },
        )
        .orFail()
        .lean();
      noteChange<Record<string, unknown>>(ctx, before, row, AUDITED);
      return toBillSettings(row, ctx.organization);
    });
  // Every other branch begins with letters.
  if (!numberPrefix) return write();
  let saved: BillSettings | undefined;
  return withBranchesHeld(ctx, async (branches) => {
    const other = branches.find((one) => !one.isFirst && one.numberPrefix === numberPrefix);
    if (other && !saved)
      throw new AppError('CONFLICT', `${other.name} has this prefix already.`, { field: 'numberPrefix' });
    saved ??= await write();
    return saved;
  });
}

/**
 * The next number of a series, taken in the transaction that stores the document: one that aborts gives it
 * back, so that a series has neither a gap nor a double. The counter's row makes the others wait: taken
 * last.
 */
export async function takeNumber(
  ctx: TenantContext,
  settings: BillSettings,
  { kind, day }: { kind: SeriesKind; day: Day },
  session: ClientSession,
): Promise<string> {
  const year = financialYearOf(day, settings.yearStart);
  const { numberPrefix } = settings;
  const sequence = await nextNumber(ctx, `series:${numberPrefix}:${kind}:${year}`, session);
  return documentNumber(numberPrefix, kind, year, sequence);
}
