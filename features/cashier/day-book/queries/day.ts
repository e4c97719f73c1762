import 'server-only';
import type { ClientSession } from 'mongoose';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { billModel } from '../../bills/model';
import { type DepositSums, depositsOfDay } from '../../deposits/queries';
import { type ExpenseSums, expensesOfDay } from '../../expenses/queries';
import { receiptModel } from '../../payments/model';
import { settlementModel } from '../../settlements/model';
import type { Shift } from '../../shifts/dto';
import { MONEY_METHODS, type MoneyMethod } from '../../shifts/policy';
import { type ClosedDay, findClosedDay, listShiftsOf } from '../../shifts/queries';

type MethodSum = { method: MoneyMethod; inMinor: number; outMinor: number; netMinor: number };

export type DayBook = {
  day: Day;
  bills: { documents: number; totalMinor: number };
  creditNotes: { documents: number; totalMinor: number };
  /** Bills less credit notes. */
  billedMinor: number;
  receipts: { documents: number; moneyMinor: number };
  advances: { documents: number; moneyMinor: number };
  refunds: { documents: number; moneyMinor: number };
  /** Receipts and advances less refunds, in money. */
  collectedMinor: number;
  /** Bills paid out of advances: no money of this day. */
  advancesUsedMinor: number;
  /** Transfers of insurers and other payers: on the account, through no drawer. */
  payers: { documents: number; receivedMinor: number };
  methods: MethodSum[];
  /** Paid for at the counter; no part of what was collected. */
  expenses: ExpenseSums;
  /** Cash of closed shifts that went to the bank. */
  deposits: DepositSums;
  shifts: Shift[];
  closed: ClosedDay | null;
};

type KindSum = { _id: string; documents: number; sum: number };
type TenderSum = { _id: string; inMinor: number; outMinor: number };

/** One after the other: a transaction takes one question at a time. */
async function sumDay(ctx: TenantContext, day: Day, session?: ClientSession) {
  const within = session ?? null;
  const bills = await billModel(ctx)
    .aggregate<KindSum>([
      { $match: { day, ...hereOnly(ctx) } },
      { $group: { _id: '$kind', documents: { $sum: 1 }, sum: { $sum: '$totalMinor' } } },
    ])
    .session(within);
  const receipts = await receiptModel(ctx)
    .aggregate<KindSum>([
      { $match: { day, ...hereOnly(ctx) } },
      { $group: { _id: '$kind', documents: { $sum: 1 }, sum: { $sum: '$moneyMinor' } } },
    ])
    .session(within);
  const tenders = await receiptModel(ctx)
    .aggregate<TenderSum>([
      { $match: { day, ...hereOnly(ctx) } },
      { $unwind: '$tenders' },
      {
        $group: {
          _id: '$tenders.method',
          inMinor: { $sum: { $cond: [{ $gt: ['$tenders.amountMinor', 0] }, '$tenders.amountMinor', 0] } },
          outMinor: { $sum: { $cond: [{ $lt: ['$tenders.amountMinor', 0] }, '$tenders.amountMinor', 0] } },
        },
      },
    ])
    .session(within);
  return { bills, receipts, tenders };
}

const totalOf = (sums: readonly KindSum[]): number => sums.reduce((all, { sum }) => all + sum, 0);

/** What a day comes to, in the transaction that closes it. */
export async function dayTotals(ctx: TenantContext, day: Day, session: ClientSession) {
  const { bills, receipts } = await sumDay(ctx, day, session);
  return { billedMinor: totalOf(bills), collectedMinor: totalOf(receipts) };
}

async function sumPayers(ctx: TenantContext, day: Day): Promise<DayBook['payers']> {
  const [row] = await settlementModel(ctx).aggregate<{ documents: number; receivedMinor: number }>([
    { $match: { day, ...hereOnly(ctx) } },
    { $group: { _id: null, documents: { $sum: 1 }, receivedMinor: { $sum: '$amountMinor' } } },
  ]);
  return { documents: row?.documents ?? 0, receivedMinor: row?.receivedMinor ?? 0 };
}

/** A day of money at the branch, summed from its rows: what was billed, what moved, and the drawers. */
export async function readDayBook(ctx: TenantContext, day: Day): Promise<DayBook> {
  const [sums, payers, expenses, deposits, shifts, closed] = await Promise.all([
    sumDay(ctx, day),
    sumPayers(ctx, day),
    expensesOfDay(ctx, day),
    depositsOfDay(ctx, day),
    listShiftsOf(ctx, day),
    findClosedDay(ctx, day),
  ]);
  const { bills, receipts, tenders } = sums;
  const billsOf = (kind: string) => {
    const row = bills.find(({ _id }) => _id === kind);
    return { documents: row?.documents ?? 0, totalMinor: row?.sum ?? 0 };
  };
  const receiptsOf = (kind: string) => {
    const row = receipts.find(({ _id }) => _id === kind);
    return { documents: row?.documents ?? 0, moneyMinor: row?.sum ?? 0 };
  };
  const sumOf = (method: string) => tenders.find(({ _id }) => _id === method);
  const used = sumOf('advance');
  return {
    day,
    bills: billsOf('bill'),
    creditNotes: billsOf('credit-note'),
    billedMinor: totalOf(bills),
    receipts: receiptsOf('payment'),
    advances: receiptsOf('advance'),
    refunds: receiptsOf('refund'),
    collectedMinor: totalOf(receipts),
    payers,
    advancesUsedMinor: (used?.inMinor ?? 0) + (used?.outMinor ?? 0),
    methods: MONEY_METHODS.map((method) => {
      const { inMinor = 0, outMinor = 0 } = sumOf(method) ?? {};
      return { method, inMinor, outMinor, netMinor: inMinor + outMinor };
    }),
    expenses,
    deposits,
    shifts,
    closed,
  };
}
