import { billAmounts, creditAmounts, creditTotals, type Discount } from '@/features/cashier/bills/amounts';
import type { DiscountReason } from '@/features/cashier/bills/policy';
import { stepOf } from '@/features/cashier/bills/service/price-lines';
import type { StoredTender } from '@/features/cashier/payments/service/write-receipt';
import { taxClassesOf, taxComponentsOn } from '@/features/cashier/price-list/taxes';
import { shiftDay } from '@/lib/time';
import { uuidOf } from './chance';
import {
  type Advance,
  type BillRow,
  type Charge,
  type Item,
  itemOf,
  type Line,
  type Of,
  type Paid,
  type ReceiptRow,
} from './money-rows';
import type { Clerk } from './shop';
import { tendersOf } from './tenders';
import { MOVES_FOR_DAYS, type Party, type Till } from './till';

type Given = { discount?: Discount; reason?: DiscountReason; approver?: Clerk };

/** Bills, what is paid for them and what is taken back, each as the services write it. */
export class Bills {
  constructor(readonly till: Till) {}

  /** What was done; a bill takes it later. */
  charge(item: Item, source: { source: string; sourceKey: string }, party: Party, of: Of, at: Date): Charge {
    const { day } = this.till.day;
    const charge: Charge = {
      ...{ _id: this.till.bulk.idAt(at), ...source, ...party, ...of, day, at, ...item },
      ...{ status: 'open', toCreditQuantity: 0, isToCredit: false, createdAt: at, updatedAt: at, __v: 0 },
    };
    this.till.bulk.hold('charges', charge, shiftDay(day, MOVES_FOR_DAYS));
    return charge;
  }

  issue(
    {
      party,
      charges,
      items,
      of,
      at,
    }: { party: Party; charges: Charge[]; items: readonly Item[]; of: Of; at: Date },
    { discount, reason, approver }: Given = {},
  ): Paid {
    const { till } = this;
    const { day } = till.day;
    const { country, taxNumber, currency, legalName, address } = till.settings;
    const facts = [...charges.map((charge) => ({ ...itemOf(charge), chargeId: charge._id })), ...items].map(
      ({ taxClass, dispenseId: _, ...item }) => ({
        ...item,
        hsn: taxClassesOf(country)[taxClass]?.hsn ?? '',
        components: taxComponentsOn({ country, isRegistered: taxNumber !== null }, taxClass, day),
        creditedQuantity: 0,
      }),
    );
    const amounts = billAmounts(facts, discount ?? null, stepOf(till.settings));
    const bill = {
      ...{
        _id: till.bulk.idAt(at),
        kind: 'bill',
        number: till.number('bill', day),
        day,
        at,
        ...party,
        ...of,
      },
      ...amounts,
      lines: facts.map(({ components: _, ...line }, index) => ({
        ...line,
        ...amounts.lines[index],
      })) as Line[],
      ...{ currency: currency.code, roundStep: stepOf(till.settings) },
      ...(reason && amounts.discountMinor > 0 ? { discountReason: reason } : {}),
      ...(approver ? { approvedById: approver.id, approvedByName: approver.name } : {}),
      supplier: { name: legalName, address, ...(taxNumber ? { taxNumber } : {}) },
      ...{ paidMinor: 0, creditedMinor: 0, dueMinor: amounts.totalMinor, isDue: amounts.totalMinor > 0 },
      ...{ isCredited: false, prints: 1, requestKey: uuidOf(till.random) },
      ...{ byUserId: till.people.cashier.id, byName: till.people.cashier.name },
      ...{ createdAt: at, updatedAt: at, __v: 0 },
    };
    for (const charge of charges)
      Object.assign(charge, { status: 'billed', billId: bill._id, updatedAt: at });
    till.bulk.hold('bills', bill, shiftDay(day, MOVES_FOR_DAYS));
    till.enter({ billedMinor: bill.totalMinor }, at);
    return { bill, party, receipts: [], charges };
  }

  /** Takes a payment of what is due, or of a part of it. */
  pay(paid: Paid, at: Date, { share = 1, advance }: { share?: number; advance?: Advance } = {}): void {
    const { bill, party } = paid;
    const amountMinor = share === 1 ? bill.dueMinor : Math.floor((bill.dueMinor * share) / 10_000) * 10_000;
    if (amountMinor <= 0) return;
    const fromAdvance = advance ? Math.min(advance.leftMinor, amountMinor) : 0;
    const tenders = tendersOf(this.till, amountMinor - fromAdvance);
    if (advance && fromAdvance > 0) {
      tenders.push({ method: 'advance', amountMinor: fromAdvance, refundedMinor: 0, advanceId: advance._id });
      advance.leftMinor -= fromAdvance;
      advance.isHeld = advance.leftMinor > 0;
    }
    const row = this.till.receipt('payment', party, tenders, at, {
      billId: bill._id,
      billNumber: bill.number,
    });
    this.till.bulk.hold('receipts', row, shiftDay(this.till.day.day, MOVES_FOR_DAYS));
    paid.receipts.push(row);
    this.#pay(bill, amountMinor, at);
  }

  #pay(bill: BillRow, minor: number, at: Date): void {
    const dueMinor = bill.dueMinor - minor;
    Object.assign(bill, { paidMinor: bill.paidMinor + minor, dueMinor, isDue: dueMinor > 0, updatedAt: at });
  }

  /** Money that no bill asks for yet. */
  advance(party: Party, amountMinor: number, at: Date): Advance {
    const tenders = tendersOf(this.till, amountMinor);
    const of = { leftMinor: amountMinor, isHeld: true };
    const row = { ...this.till.receipt('advance', party, tenders, at, of), ...of };
    this.till.bulk.hold('receipts', row, shiftDay(this.till.day.day, MOVES_FOR_DAYS));
    return row;
  }

  /** Gives back what is left of an advance. */
  refundAdvance(party: Party, advance: Advance, at: Date, reason: string): boolean {
    const tenders = this.#giveBack([advance], advance.leftMinor);
    if (!tenders) return false;
    Object.assign(advance, { leftMinor: 0, isHeld: false, updatedAt: at });
    this.till.bulk.add('receipts', this.till.receipt('refund', party, tenders, at, { reason }));
    return true;
  }

  /**
   * Takes pieces of a bill back, and gives back what was paid for them, each part the way it came.
   * @returns false, with nothing done, where the drawer has not enough.
   */
  credit(paid: Paid, wanted: ReadonlyMap<number, number>, at: Date, reason: string): boolean {
    const { bill, party, receipts, charges } = paid;
    const { till } = this;
    const { day } = till.day;
    const cut = [...wanted].flatMap(([index, quantity]) => {
      const line = bill.lines[index];
      return line ? [{ line, index, quantity, amounts: creditAmounts(line, quantity) }] : [];
    });
    const isLast = bill.lines.every(
      (line, index) => line.creditedQuantity + (wanted.get(index) ?? 0) === line.quantity,
    );
    const leftMinor = bill.totalMinor - bill.creditedMinor;
    const totals = creditTotals(
      cut.map(({ amounts }) => amounts),
      { leftMinor, isLast, step: bill.roundStep },
    );
    const credited = -totals.totalMinor;
    const overMinor = Math.min(credited - bill.dueMinor, bill.paidMinor);
    const tenders = overMinor > 0 ? this.#giveBack(receipts, overMinor) : [];
    if (!tenders) return false;
    const { _id, number, visitId, doctorId, doctorName, currency, roundStep, supplier } = bill;
    const note = {
      ...{
        _id: till.bulk.idAt(at),
        kind: 'credit-note',
        number: till.number('credit-note', day),
        day,
        at,
        ...party,
      },
      ...(visitId ? { visitId } : {}),
      ...(doctorId ? { doctorId, doctorName } : {}),
      ...totals,
      lines: cut.map(({ line: { creditedQuantity: _, ...line }, quantity, amounts }) => ({
        ...{ ...line, quantity, ...amounts, creditedQuantity: 0 },
      })),
      ...{ currency, roundStep, supplier, ofBillId: _id, ofBillNumber: number, reason },
      ...{ paidMinor: 0, creditedMinor: 0, dueMinor: 0, isDue: false, isCredited: false, prints: 1 },
      ...{
        requestKey: uuidOf(till.random),
        byUserId: till.people.cashier.id,
        byName: till.people.cashier.name,
      },
      ...{ createdAt: at, updatedAt: at, __v: 0 },
    };
    till.enter({ billedMinor: note.totalMinor }, at);
    till.bulk.add('bills', note);
    for (const { line, quantity } of cut) {
      line.creditedQuantity += quantity;
      const charge = charges.find(({ _id: id }) => id === line.chargeId);
      if (charge && line.creditedQuantity === line.quantity)
        Object.assign(charge, { status: 'credited', updatedAt: at });
    }
    const dueMinor = bill.dueMinor - credited;
    Object.assign(bill, {
      ...{ creditedMinor: bill.creditedMinor + credited, dueMinor, isDue: dueMinor > 0, isCredited: isLast },
      updatedAt: at,
    });
    if (tenders.length === 0) return true;
    const of = {
      billId: _id,
      billNumber: number,
      creditNoteId: note._id,
      creditNoteNumber: note.number,
      reason,
    };
    till.bulk.add('receipts', till.receipt('refund', party, tenders, at, of));
    this.#pay(bill, -overMinor, at);
    return true;
  }

  /** Null where the drawer holds less cash than would leave, or not all was paid in money. */
  #giveBack(rows: readonly ReceiptRow[], amountMinor: number): StoredTender[] | null {
    let missing = amountMinor;
    const parts = [...rows].reverse().flatMap((row) =>
      row.tenders.flatMap((tender) => {
        const part = Math.min(tender.amountMinor - tender.refundedMinor, missing);
        if (part <= 0) return [];
        missing -= part;
        return [{ row, tender, part }];
      }),
    );
    const cash = parts.reduce((sum, { tender, part }) => sum + (tender.method === 'cash' ? part : 0), 0);
    const isPossible = parts.every(({ tender }) => tender.method !== 'advance');
    if (missing > 0 || !isPossible || cash > this.till.cashInDrawer()) return null;
    return parts.map(({ row, tender, part }): StoredTender => {
      tender.refundedMinor += part;
      const { method } = tender;
      return { method, amountMinor: -part, refundedMinor: 0, ofReceiptId: row._id, ofNumber: row.number };
    });
  }
}
