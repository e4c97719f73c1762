import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { fixCurrency } from '@/features/cashier/bill-settings/service';
import { consultationFor } from '@/features/cashier/bills/policy';
import { sourceKey } from '@/features/cashier/charges/policy';
import { ORDER_CODES, type Order } from '@/features/record/examinations/orders';
import { objectId } from '@/lib/mongo';
import { type Day, shiftDay } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import { Agenda } from './agenda';
import { Bills } from './bills';
import type { Bulk, Id } from './bulk';
import { between, oneOf, type Random } from './chance';
import { Counter, partyOf } from './counter';
import type { Crew } from './crew';
import type { Advance, Charge, Item, Paid } from './money-rows';
import { Papers, type Seen, type Signed } from './papers';
import { PriceHistory } from './prices';
import { Purchases } from './purchases';
import { Shop } from './shop';
import { Till } from './till';

const MINUTE = 60_000;
export type Coming = {
  visit: Seen & { startedAt: Date; doctorId?: Id; doctorName?: string };
  hasComeBefore: boolean;
};
export type Leaving = {
  at: Date;
  orders: readonly Order[];
  services: readonly string[];
  signed: Signed | null;
};

const [DISCOUNTS, WAIVED, PART_PAID, UNPAID, RETURNS] = [0.045, 0.008, 0.012, 0.004, 0.02];
const KEPT_ADVANCE = 10_000;

/** The trade of a hospital over the years: what is charged, billed and paid, bought, given and taken back. */
export class Practice {
  readonly #agenda = new Agenda();
  /** The last consultation that each paid for: reviews within days of it are free. */
  readonly #paid = new Map<string, { day: Day; doctorId: string | null; isFree: boolean }>();
  readonly #advances = new Map<string, Advance>();
  #isFirstDay = true;

  private constructor(
    readonly bulk: Bulk,
    readonly random: Random,
    readonly crew: Crew,
    readonly shop: Shop,
    readonly purchases: Purchases,
    readonly bills: Bills,
    readonly prices: PriceHistory,
    readonly papers: Papers,
    readonly counter: Counter,
    readonly reviewDays: number,
  ) {}

  /** @returns null for a hospital that has prices or stock already: its books are its own. */
  static async open(
    bulk: Bulk,
    random: Random,
    crew: Crew,
    { first, present }: { first: Day; present: Day },
  ): Promise<Practice | null> {
    const { ctx } = bulk;
    await fixCurrency(ctx, ctx.organization.country);
    const settings = await getBillSettings(ctx);
    const [shop, prices] = [new Shop(ctx, bulk), new PriceHistory(ctx)];
    if (!(await shop.open(settings.currency.code))) return null;
    if (!(await prices.open(first, present, settings.currency.code))) return null;
    const purchases = new Purchases(shop, settings, random);
    await purchases.open();
    const bills = new Bills(new Till(bulk, settings, random, crew));
    const papers = new Papers(bulk, shop, random);
    const counter = new Counter(shop, bills, papers, crew.pharmacist);
    return new Practice(
      bulk,
      random,
      crew,
      shop,
      purchases,
      bills,
      prices,
      papers,
      counter,
      settings.reviewDays,
    );
  }

  beginDay(day: Day): void {
    this.bills.till.openDay(day);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    const { pharmacist } = this.crew;
    const at = instantAt(day, '08:30', this.bulk.ctx.timeZone);
    this.shop.dispose(day, at, pharmacist);
    this.purchases.morning(day, pharmacist, {
      isFirst: this.#isFirstDay,
      isOrderDay: weekday === 1 || weekday === 4,
    });
    this.#isFirstDay = false;
    if (day.slice(8) >= '28' && this.random() < 0.4)
      this.shop.miscount(oneOf(this.random, this.shop.shelves), at, pharmacist);
  }

  /** Does what falls due on the day, in order of time, and closes it. */
  endDay(day: Day): void {
    this.#agenda.live(day);
    this.shop.endDay();
    this.bills.till.closeDay();
    this.shop.forgetEmpty(instantAt(shiftDay(day, -20), '00:00', this.bulk.ctx.timeZone));
  }

  #service(code: string, day: Day, isFree = false): Item | null {
    const found = this.prices.on(code, day);
    if (!found) return null;
    const { id, name, group, taxClass, consultation, amountMinor } = found;
    return {
      ...{ serviceId: objectId(id), code, name, group, taxClass, quantity: 1, isInclusive: false, isFree },
      ...(consultation ? { consultation } : {}),
      unitMinor: isFree ? 0 : amountMinor,
    };
  }

  /** Somebody checks in: the fee of the consultation is charged, billed and mostly paid. */
  comes({ visit, hasComeBefore }: Coming): void {
    const { day, startedAt, patientId } = visit;
    const doctorId = visit.doctorId?.toString() ?? null;
    const earlier = this.#paid.get(patientId.toString());
    const of = { day, doctorId, hasComeBefore };
    const { kind, freeUntil } = consultationFor(earlier ? [earlier] : [], of, this.reviewDays);
    const code = kind === 'new' ? 'CONS-NEW' : 'CONS-REV';
    const item = this.#service(code, day, freeUntil !== null);
    if (!item) return;
    this.#agenda.add(day, startedAt.getTime(), (at) => {
      const source = { source: 'visit', sourceKey: sourceKey.visit(visit._id.toString()) };
      const charge = this.bills.charge(item, source, partyOf(visit), ofVisit(visit), at);
      if (item.isFree) return;
      this.#paid.set(patientId.toString(), { day, doctorId, isFree: false });
      this.#agenda.soon(at, 2, (then) => void this.#sell(visit, [charge], [], then));
    });
  }

  /** What was ordered and given at a visit is charged and billed as they leave. */
  leaves(visit: Coming['visit'], { at: left, orders, services, signed }: Leaving): void {
    const { day } = visit;
    this.#agenda.add(day, left.getTime(), (at) => {
      const charges = orders.flatMap(({ kind, what }): Charge[] => {
        const code = kind === 'investigation' ? ORDER_CODES[what] : undefined;
        const item = code ? this.#service(code, day) : null;
        if (!code || !item) return [];
        const source = { source: 'order', sourceKey: sourceKey.order(visit._id.toString(), code) };
        return [this.bills.charge(item, source, partyOf(visit), ofVisit(visit), at)];
      });
      const items = services.flatMap((code) => this.#service(code, day) ?? []);
      const given = signed ? this.counter.dispense(visit, signed, at) : null;
      if (given) charges.push(...given.sold.map(({ charge }) => charge));
      if (charges.length + items.length === 0) return;
      this.#agenda.soon(at, 4, (then) => {
        const paid = this.#sell(visit, charges, items, then);
        if (!given || this.random() > RETURNS) return;
        this.#agenda.inDays(then, between(this.random, 1, 5), (back) => {
          if (paid.bill.dueMinor === 0) this.counter.takeBack(visit, given, paid, back);
        });
      });
    });
  }

  /** A bill with what is usual: some cost less, some are paid in part, few are not paid that day. */
  #sell(visit: Coming['visit'], charges: Charge[], items: readonly Item[], at: Date): Paid {
    const chance = this.random();
    const given =
      chance < DISCOUNTS * 0.7
        ? { discount: { rateBp: 1_000 }, reason: 'senior' as const }
        : chance < DISCOUNTS
          ? {
              discount: { rateBp: chance < DISCOUNTS * 0.85 ? 5_000 : 10_000 },
              reason: 'charity' as const,
              approver: this.crew.manager,
            }
          : {};
    const paid = this.bills.issue({ party: partyOf(visit), charges, items, of: ofVisit(visit), at }, given);
    const [later, agenda] = [between(this.random, 3, 25), this.#agenda];
    const luck = this.random();
    if (luck < UNPAID) {
      if (luck < UNPAID / 2) agenda.inDays(at, later, (then) => this.bills.pay(paid, then));
      return paid;
    }
    const isPart = luck < UNPAID + PART_PAID && paid.bill.totalMinor > 100_000;
    agenda.soon(at, 1, (then) => this.bills.pay(paid, then, isPart ? { share: 0.5 } : {}));
    if (isPart) agenda.inDays(at, later, (then) => this.bills.pay(paid, then));
    const [first, second] = paid.bill.lines;
    if (luck > 1 - WAIVED && first?.consultation && !second) {
      const reason = 'The doctor waived the fee after the consultation';
      agenda.soon(
        at,
        25,
        (then) => void this.bills.credit(paid, new Map([[0, first.quantity]]), then, reason),
      );
    }
    return paid;
  }

  /** An operation is agreed on: something is paid in advance, and the rest on the day itself. */
  agreeSurgery(
    visit: Coming['visit'],
    { codes, on, left, isCalledOff }: { codes: readonly string[]; on: Day; left: Date; isCalledOff: boolean },
  ): void {
    const party = partyOf(visit);
    const key = visit.patientId.toString();
    const unit = this.prices.on('PHACO', visit.day)?.amountMinor ?? 0;
    const advanceMinor = Math.floor((unit * 0.13) / KEPT_ADVANCE) * KEPT_ADVANCE;
    if (advanceMinor > 0 && this.random() < 0.7)
      this.#agenda.add(
        visit.day,
        left.getTime() + 8 * MINUTE,
        (at) => void this.#advances.set(key, this.bills.advance(party, advanceMinor, at)),
      );
    const begins =
      instantAt(on, '09:40', this.bulk.ctx.timeZone).getTime() + between(this.random, 0, 150) * MINUTE;
    this.#agenda.add(on, begins, (at) => {
      const advance = this.#advances.get(key);
      this.#advances.delete(key);
      if (isCalledOff) {
        if (advance) this.bills.refundAdvance(party, advance, at, 'The operation was called off');
        return;
      }
      const items = codes.flatMap((code) => this.#service(code, this.bills.till.day.day) ?? []);
      if (items.length === 0) return;
      const { doctorId, doctorName } = visit;
      const of = doctorId && doctorName ? { doctorId, doctorName } : {};
      const paid = this.bills.issue({ party, charges: [], items, of, at });
      this.#agenda.soon(at, 2, (then) => this.bills.pay(paid, then, advance ? { advance } : {}));
    });
  }

  async close(): Promise<void> {
    await this.papers.close();
    await this.shop.close();
    await this.bills.till.close();
  }
}

const ofVisit = ({ _id, doctorId, doctorName }: Coming['visit']) => ({
  visitId: _id,
  ...(doctorId && doctorName ? { doctorId, doctorName } : {}),
});
