import { minorOf, readDecimal } from '@/lib/currency';
import { piecesProblem, readPieces } from '@/lib/pieces';
import { heldIn } from '../../packages/policy';
import type { TaxComponent } from '../../price-list/taxes';
import type { Discount } from '../amounts';
import { LINE_LIMIT } from '../policy';

// What is on a bill while it is typed.

export type Billable = {
  id: string;
  code: string;
  name: string;
  unitMinor: number;
  isInclusive: boolean;
  components: TaxComponent[];
  /** Of a package: what its price holds. */
  includes?: { serviceId: string; quantity: number }[];
};

/** What was done for the patient and is on no bill, at the price and the taxes of its day. */
export type Charged = {
  id: string;
  name: string;
  quantity: number;
  unitMinor: number;
  isInclusive: boolean;
  isFree: boolean;
  components: TaxComponent[];
  /** Its day where that is not today. */
  note: string;
  /** The service where it was done today: a package that is sold today may hold it. */
  ofService: string | null;
};

export type Line =
  | { serviceId: string; chargeId?: undefined; quantity: string; isFree: boolean; isNotPayable?: boolean }
  | { chargeId: string; serviceId?: undefined; quantity: string; isFree: boolean; isNotPayable?: boolean };

type Offered = { services: readonly Billable[]; charges: readonly Charged[] };

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((one) => [one.id, one]));

/** How many of what was typed are counted: of too many, and of anything else than a number, none. */
export const piecesOf = (text: string): number =>
  piecesProblem(text, LINE_LIMIT) ? 0 : (readPieces(text) ?? 0);

export type ChosenDiscount = { kind: 'none' | 'rate' | 'amount'; rate: string; amount: string };

export function discountOf({ kind, rate, amount }: ChosenDiscount, code: string): Discount | null {
  if (kind === 'rate') return { rateBp: Math.round(Number(rate) * 100) || 0 };
  if (kind === 'amount') return { amountMinor: minorOf(readDecimal(amount) ?? '0', code) ?? 0 };
  return null;
}

export const lineOf = ({ id, quantity, isFree }: Charged): Line => ({
  ...{ chargeId: id, quantity: String(quantity), isFree },
});

/** Lines that were brought back, without services and charges that are no longer to be had. */
export function readKept(kept: string, { services, charges }: Offered): Line[] {
  const known = new Set(services.map(({ id }) => id));
  try {
    const rows: unknown = JSON.parse(kept);
    if (!Array.isArray(rows)) return [];
    return rows.flatMap((row: Record<string, unknown>): Line[] => {
      const { serviceId, chargeId, quantity } = row;
      const [isFree, isNotPayable] = [row.isFree === true, row.isNotPayable === true];
      const charge = charges.find(({ id }) => id === chargeId);
      if (charge) return [{ ...lineOf(charge), isNotPayable }];
      if (typeof serviceId !== 'string' || !known.has(serviceId)) return [];
      return [{ serviceId, quantity: String(quantity || ''), isFree, isNotPayable }];
    });
  } catch {
    return [];
  }
}

export function keptDiscount(valueFor: (name: string) => string | undefined): ChosenDiscount {
  const kind = valueFor('discountKind');
  return {
    kind: kind === 'rate' || kind === 'amount' ? kind : 'none',
    rate: valueFor('discountRate') ?? '',
    amount: valueFor('discountAmount') ?? '',
  };
}

/** What a line is called and costs; nothing of one that is no longer to be had. */
export function factsOf(lines: readonly Line[], { services, charges }: Offered) {
  const [serviceOf, chargeOf] = [byId(services), byId(charges)];
  return lines.map(({ serviceId, chargeId, quantity, isFree }) => {
    const charge = chargeId ? chargeOf.get(chargeId) : undefined;
    const found = charge ?? serviceOf.get(serviceId ?? '');
    return {
      ...{ name: found?.name ?? '', note: charge?.note ?? '', quantity: piecesOf(quantity) },
      unitMinor: isFree ? 0 : (found?.unitMinor ?? 0),
      isInclusive: found?.isInclusive ?? false,
      components: found?.components ?? [],
    };
  });
}

/** What was done today and is held by a package among the lines: it is not billed beside it. */
export function heldByPackages(
  lines: readonly Line[],
  { services, charges }: Offered,
): { id: string; name: string }[] {
  const serviceOf = byId(services);
  const packages = lines.flatMap(({ serviceId, quantity, isFree }) => {
    const parts = isFree ? undefined : serviceOf.get(serviceId ?? '')?.includes;
    return parts ? Array.from({ length: piecesOf(quantity) }, () => ({ parts })) : [];
  });
  const held = heldIn(
    packages,
    charges.map(({ ofService, ...one }) => ({ ...one, serviceId: ofService })),
  );
  return charges.filter(({ id }) => held.has(id));
}
