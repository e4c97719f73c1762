import type { BillSettings } from '@/features/cashier/bill-settings/dto';
import { documentNumber, financialYearOf, type SeriesKind } from '@/features/cashier/bill-settings/policy';
import type { ReceiptKind } from '@/features/cashier/payments/policy';
import type { StoredTender } from '@/features/cashier/payments/service/write-receipt';
import { type DrawerMethod, denominationsOf } from '@/features/cashier/shifts/policy';
import { counterModel } from '@/lib/tenancy/counter-model';
import type { Day } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import type { Bulk, Id, Row } from './bulk';
import { between, type Random, uuidOf } from './chance';
import type { Clerk } from './shop';

export type Party = { patientId: Id; patient: { name: string; number: string } };
type Totals = Record<DrawerMethod, number>;
type Shift = Row & { floatMinor: number; totals: Totals; receipts: number };
type OpenDay = {
  day: Day;
  shift: Shift;
  documents: number;
  billedMinor: number;
  collectedMinor: number;
  last: Date;
};

const SERIES_OF: Record<ReceiptKind, SeriesKind> = {
  payment: 'receipt',
  advance: 'advance',
  refund: 'refund',
};
/** Rows of money may be credited or refunded for so many days; then they are written. */
export const MOVES_FOR_DAYS = 45;
const WRONG_COUNTS = 0.03;
const REASONS = [
  'Change given wrongly, could not find which patient',
  'Ten rupee coin missing, counted twice',
  'A note was torn and exchanged by the security guard',
];

/** The counter over the years: numbers of the series, drawers and days, as the services write them. */
export class Till {
  readonly #numbers = new Map<string, number>();
  #open: OpenDay | null = null;

  constructor(
    readonly bulk: Bulk,
    readonly settings: BillSettings,
    readonly random: Random,
    readonly people: { cashier: Clerk; manager: Clerk },
  ) {}

  get day(): OpenDay {
    if (!this.#open) throw new Error('The counter is closed');
    return this.#open;
  }

  openDay(day: Day): void {
    const openedAt = instantAt(day, '08:40', this.bulk.ctx.timeZone);
    const { id: cashierId, name: cashierName } = this.people.cashier;
    const shift: Shift = {
      ...{ _id: this.bulk.idAt(openedAt), cashierId, cashierName, day, openedAt, receipts: 0 },
      status: 'open',
      floatMinor: this.settings.currency.code === 'INR' ? 100_000 : 10_000,
      totals: { cash: 0, card: 0, upi: 0, transfer: 0, cheque: 0 },
    };
    this.#open = { day, shift, documents: 0, billedMinor: 0, collectedMinor: 0, last: openedAt };
  }

  /** The next number of a series. */
  number(kind: SeriesKind, day: Day): string {
    const { numberPrefix, yearStart } = this.settings;
    const year = financialYearOf(day, yearStart);
    const name = `series:${numberPrefix}:${kind}:${year}`;
    const sequence = (this.#numbers.get(name) ?? 0) + 1;
    this.#numbers.set(name, sequence);
    return documentNumber(numberPrefix, kind, year, sequence);
  }

  /** A document that counts into the day. */
  enter(sums: { billedMinor?: number; collectedMinor?: number }, at: Date): void {
    const { day } = this;
    day.documents += 1;
    day.billedMinor += sums.billedMinor ?? 0;
    day.collectedMinor += sums.collectedMinor ?? 0;
    if (at > day.last) day.last = at;
  }

  cashInDrawer = (): number => this.day.shift.floatMinor + this.day.shift.totals.cash;

  /** Money in or out through the drawer of the day. */
  receipt(kind: ReceiptKind, party: Party, tenders: StoredTender[], at: Date, of: Record<string, unknown>) {
    const { day, shift } = this.day;
    let moneyMinor = 0;
    for (const { method, amountMinor } of tenders) {
      if (method === 'advance' || method === 'online') continue;
      shift.totals[method] += amountMinor;
      moneyMinor += amountMinor;
    }
    shift.receipts += 1;
    const keys = tenders.flatMap(({ method, reference }) => (reference ? [`${method}:${reference}`] : []));
    const row = {
      ...{ _id: this.bulk.idAt(at), kind, number: this.number(SERIES_OF[kind], day), day, at },
      ...{ ...party, tenders, ...of },
      amountMinor: tenders.reduce((sum, one) => sum + one.amountMinor, 0),
      moneyMinor,
      currency: this.settings.currency.code,
      ...{ shiftId: shift._id, cashierId: shift.cashierId, cashierName: shift.cashierName },
      ...(keys.length > 0 ? { referenceKeys: keys } : {}),
      ...{ requestKey: uuidOf(this.random), prints: 1, createdAt: at, updatedAt: at, __v: 0 },
    };
    this.enter({ collectedMinor: moneyMinor }, at);
    return row;
  }

  /** Counts the drawer, and closes the day. Nothing of it was done: nothing is left of it. */
  closeDay(): void {
    const { day, shift, documents, billedMinor, collectedMinor, last } = this.day;
    this.#open = null;
    if (documents === 0) return;
    const closedAt = new Date(last.getTime() + 20 * 60_000);
    const expectedMinor = shift.floatMinor + shift.totals.cash;
    const wrong = this.random() < WRONG_COUNTS ? -between(this.random, 1, 5) * 1_000 : 0;
    const count = this.#count(Math.max(0, expectedMinor + wrong));
    const countedMinor = count.reduce((sum, { faceMinor, pieces }) => sum + faceMinor * pieces, 0);
    const differenceMinor = countedMinor - expectedMinor;
    const reason = REASONS[between(this.random, 0, REASONS.length - 1)] ?? '';
    this.bulk.add('shifts', {
      ...{ ...shift, status: 'closed', closedAt, count, countedMinor, expectedMinor, differenceMinor },
      ...{ closedById: this.people.cashier.id, closedByName: this.people.cashier.name },
      ...(differenceMinor === 0 ? {} : { reason }),
      ...{ createdAt: shift.openedAt, updatedAt: closedAt, __v: 0 },
    });
    this.bulk.add('money_days', {
      ...{ _id: day, isClosed: true, rows: documents, billedMinor, collectedMinor, __v: 0 },
      ...{ closedAt: new Date(closedAt.getTime() + 15 * 60_000), closedByName: this.people.manager.name },
    });
  }

  /** Pieces of each face for an amount, the largest first. */
  #count(minor: number) {
    let left = minor;
    return denominationsOf(this.settings.currency.code).flatMap(({ kind, faceMinor }) => {
      const pieces = Math.floor(left / faceMinor);
      left -= pieces * faceMinor;
      return pieces > 0 ? [{ kind, faceMinor, pieces }] : [];
    });
  }

  /** The counters of the series, as they stand after the last document. */
  async close(): Promise<void> {
    const writes = [...this.#numbers].map(([_id, value]) => ({
      updateOne: { filter: { _id }, update: { $set: { value } }, upsert: true },
    }));
    if (writes.length > 0) await counterModel(this.bulk.ctx).bulkWrite(writes);
  }
}
