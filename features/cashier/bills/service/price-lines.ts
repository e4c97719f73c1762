import 'server-only';
import type { ClientSession } from 'mongoose';
import { formatAmount } from '@/lib/currency';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import type { BillSettings } from '../../bill-settings/dto';
import { wholeUnit } from '../../bill-settings/policy';
import { minorIn } from '../../bill-settings/service';
import { stateOfTaxNumber } from '../../bill-settings/states';
import type { Charge } from '../../charges/dto';
import { readCharges } from '../../charges/queries';
import { payerPrices, readPriced } from '../../price-list/queries';
import { taxClassesOf, taxComponentsOn } from '../../price-list/taxes';
import { billAmounts, type Discount, discountProblem } from '../amounts';
import { consultationOf } from '../queries';
import type { IssueBillInput } from '../schema';

/** More than any hospital bills at once; beneath it every sum is exact. */
const MOST_MINOR = 1e12;

export const stepOf = ({ isRounded, currency }: BillSettings): number =>
  isRounded ? wholeUnit(currency.code) : 1;

type Typed = IssueBillInput['lines'][number];
type Priced = {
  serviceId?: ReturnType<typeof objectId>;
  medicineId?: ReturnType<typeof objectId>;
  chargeId?: ReturnType<typeof objectId>;
  code: string;
  name: string;
  group: Charge['group'];
  consultation?: NonNullable<Charge['consultation']>;
  taxClass: string;
  /** Of supply: its taxes count, and its price. */
  day: Day;
  unitMinor: number;
  isInclusive: boolean;
  isFree: boolean;
  lots?: Charge['lots'];
};

/** As much of a bill as its lines follow from. */
export type BillFacts = Pick<
  IssueBillInput,
  'patientId' | 'doctorId' | 'lines' | 'discountKind' | 'discountRate' | 'discountAmount'
> &
  Partial<Pick<IssueBillInput, 'placeOfSupply'>>;

/**
 * The lines of a bill and what they come to: what was done at the price of its day, and services as the price
 * list has them today. A payer's own prices count before everybody's.
 */
export async function priceLines(
  ctx: TenantContext,
  settings: BillSettings,
  input: BillFacts,
  { day, payerId, session }: { day: Day; payerId?: string | undefined; session?: ClientSession },
) {
  const ids = (of: (line: Typed) => string | undefined) => [
    ...new Set(input.lines.flatMap((one) => of(one) ?? [])),
  ];
  const services = await readPriced(
    ctx,
    ids(({ serviceId }) => serviceId),
    { day, payer: payerId, ...(session ? { session } : {}) },
  );
  const charges = await readCharges(
    ctx,
    ids(({ chargeId }) => chargeId),
    session,
  );
  if (new Set(ids(({ chargeId }) => chargeId)).size < input.lines.filter(({ chargeId }) => chargeId).length)
    throw new AppError('CONFLICT', 'Something is on this bill twice. Open it again.');
  const isFreeDue =
    input.lines.some(({ isFree, chargeId }) => isFree && !chargeId) &&
    (await hasFreeReview(ctx, settings, input, day));
  const priceOf = payerId ? await payerPrices(ctx, payerId, [...charges.values()], session) : () => null;
  const { country, taxNumber, currency } = settings;
  const isInterState = isSuppliedElsewhere(settings, input.placeOfSupply);
  const lines = input.lines.map((typed) => {
    const priced = typed.chargeId
      ? chargedLine(withPrice(charges.get(typed.chargeId), priceOf), input.patientId, typed)
      : serviceLine(services.get(typed.serviceId ?? ''), typed, { day, isFreeDue });
    const { taxClass, day: supplied, ...facts } = priced;
    // Without a payer there is nobody who would not pay.
    const line = { ...facts, ...(payerId && typed.isNotPayable ? { isNotPayable: true } : {}) };
    if (line.unitMinor !== typed.unitMinor)
      throw new AppError(
        'CONFLICT',
        `The price of ${line.name} has changed to ${formatAmount(line.unitMinor, currency)}. Open the bill again.`,
      );
    return {
      ...line,
      hsn: taxClassesOf(country)[taxClass]?.hsn ?? '',
      quantity: typed.quantity,
      components: taxComponentsOn(
        { country, isRegistered: taxNumber !== null, isInterState },
        taxClass,
        supplied,
      ),
      creditedQuantity: 0,
    };
  });
  const discount = discountOf(settings, input);
  const amounts = billAmounts(lines, discount, stepOf(settings));
  const tooMuch = discount && discountProblem(discount, amounts.grossMinor, settings.currency);
  if (tooMuch) throw new AppError('INVALID_INPUT', tooMuch, { field: 'discountAmount' });
  if (amounts.grossMinor > MOST_MINOR)
    throw new AppError('INVALID_INPUT', 'This is more than a bill can hold.');
  const licences = input.lines.flatMap(({ chargeId }) => charges.get(chargeId ?? '')?.licences ?? [])[0];
  return { day, lines: lines.map(({ components: _, ...line }) => line), amounts, licences };
}

/** India: what is supplied in another state has one tax instead of two halves. */
const isSuppliedElsewhere = (
  { country, taxNumber }: Pick<BillSettings, 'country' | 'taxNumber'>,
  place: string | undefined,
): boolean => {
  const own = stateOfTaxNumber(country, taxNumber);
  return own !== null && place !== undefined && place !== own;
};

/** What was done, at what its payer has agreed for its day; free stays free. */
function withPrice(
  charge: Charge | undefined,
  priceOf: Awaited<ReturnType<typeof payerPrices>>,
): Charge | undefined {
  const price = charge && !charge.isFree ? priceOf(charge) : null;
  if (!charge || !price) return charge;
  return { ...charge, unitMinor: price.amountMinor, isInclusive: price.isInclusive };
}

type PricedServices = Awaited<ReturnType<typeof readPriced>>;

/** @throws AppError CONFLICT for "no price", and for a review that is not free. */
function serviceLine(
  service: PricedServices extends Map<string, infer S> ? S | undefined : never,
  { isFree }: Typed,
  { day, isFreeDue }: { day: Day; isFreeDue: boolean },
): Priced {
  if (!service) throw notFoundError('service');
  const { code, name, group, consultation, taxClass, price } = service;
  if (!price || !service.isActive)
    throw new AppError('CONFLICT', `There is no price for ${name} today. Set one in the price list first.`);
  if (isFree && !(isFreeDue && consultation === 'review'))
    throw new AppError('CONFLICT', `${name} is not free for this patient and doctor today.`);
  return {
    serviceId: objectId(service.id, 'service'),
    ...{ code, name, group, taxClass, day, isFree },
    ...(consultation ? { consultation } : {}),
    unitMinor: isFree ? 0 : price.amountMinor,
    isInclusive: price.isInclusive,
  };
}

/** @throws AppError CONFLICT when it is on another bill, is somebody else's, or has no price. */
function chargedLine(charge: Charge | undefined, patientId: string, { quantity }: Typed): Priced {
  if (!charge || charge.patientId !== patientId) throw notFoundError('charge');
  const { code, name, group, consultation, taxClass, day, unitMinor, isInclusive, isFree, lots } = charge;
  if (charge.status !== 'open')
    throw new AppError('CONFLICT', `${name} has been billed or taken off meanwhile. Open the bill again.`);
  if (unitMinor === null)
    throw new AppError('CONFLICT', `There is no price for ${name}. Set one among the medicines first.`);
  if (charge.quantity !== quantity)
    throw new AppError('CONFLICT', `There are ${charge.quantity} of ${name} now. Open the bill again.`);
  return {
    chargeId: objectId(charge.id, 'charge'),
    ...(charge.serviceId ? { serviceId: objectId(charge.serviceId, 'service') } : {}),
    ...(charge.medicineId ? { medicineId: objectId(charge.medicineId, 'medicine') } : {}),
    ...{ code, name, group, taxClass, day, unitMinor, isInclusive, isFree },
    ...(consultation ? { consultation } : {}),
    ...(lots.length > 0 ? { lots } : {}),
  };
}

async function hasFreeReview(
  ctx: TenantContext,
  { reviewDays }: BillSettings,
  input: BillFacts,
  day: Day,
): Promise<boolean> {
  const { patientId, doctorId = null } = input;
  const { freeUntil } = await consultationOf(
    ctx,
    { patientId, doctorId, day, hasComeBefore: true },
    reviewDays,
  );
  return freeUntil !== null;
}

function discountOf({ currency }: BillSettings, input: BillFacts): Discount | null {
  if (input.discountKind === 'none') return null;
  if (input.discountKind === 'rate') {
    if (input.discountRate === undefined)
      throw new AppError('INVALID_INPUT', 'Enter the discount.', { field: 'discountRate' });
    return { rateBp: input.discountRate };
  }
  if (input.discountAmount === undefined)
    throw new AppError('INVALID_INPUT', 'Enter the discount.', { field: 'discountAmount' });
  return { amountMinor: minorIn(currency.code, input.discountAmount, 'discountAmount') };
}
