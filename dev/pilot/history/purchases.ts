import type { BillSettings } from '@/features/cashier/bill-settings/dto';
import { financialYearOf, wholeUnit } from '@/features/cashier/bill-settings/policy';
import { medicineTaxClass, taxComponentsOn } from '@/features/cashier/price-list/taxes';
import { dueDay, invoiceAmounts, piecesOf } from '@/features/pharmacy/goods-receipts/policy';
import { supplierModel } from '@/features/pharmacy/suppliers/model';
import { addSupplierInput } from '@/features/pharmacy/suppliers/schema';
import { addSupplier } from '@/features/pharmacy/suppliers/service';
import { objectId } from '@/lib/mongo';
import { roundedTo } from '@/lib/rounding';
import { gstinCheckDigit } from '@/lib/tax-number';
import { type Day, shiftDay } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import type { Id, Row } from './bulk';
import { between, type Random, uuidOf } from './chance';
import type { Clerk, Lot, Shelf, Shop } from './shop';

type Supplier = { _id: Id; name: string; creditDays: number; letters: string };
const HOUSES = {
  IN: [
    { name: 'Sri Sai Pharma Distributors', state: '33', creditDays: 30, letters: 'SSP' },
    { name: 'Karthik Surgicals and Ophthalmics', state: '33', creditDays: 21, letters: 'KSO' },
    { name: 'Annapurna Medical Agencies', state: '29', creditDays: 45, letters: 'AMA' },
  ],
  elsewhere: [
    { name: 'Northern Ophthalmic Supply', state: '', creditDays: 30, letters: 'NOS' },
    { name: 'Harbor Medical Wholesale', state: '', creditDays: 30, letters: 'HMW' },
  ],
};

/** How many days of use are ordered at a time, and at how many the order goes out. */
const [ORDERED_DAYS, LEAST_DAYS] = [38, 16];
/** Below what is printed on the pack. */
const TRADE_SHARE = 0.66;
const OVERDUE_SHARE = 0.06;

/** What the pharmacy buys: invoices of suppliers week by week, and what is paid of them. */
export class Purchases {
  #suppliers: Supplier[] = [];
  readonly #owed: { row: Row & { dueMinor: number }; supplier: Supplier; payOn: Day }[] = [];
  #invoices = 0;

  constructor(
    readonly shop: Shop,
    readonly settings: BillSettings,
    readonly random: Random,
  ) {}

  async open(): Promise<void> {
    const { ctx } = this.shop;
    const isIndia = this.settings.country === 'IN';
    for (const [index, house] of (isIndia ? HOUSES.IN : HOUSES.elsewhere).entries()) {
      const first = `${house.state}AAB${house.letters.slice(0, 2)}${4_120 + index * 37}K1Z`;
      const { name, creditDays, letters } = house;
      const known = await supplierModel(ctx).findOne({ name }).select('_id').lean();
      const fields = {
        ...{ name, creditDays: String(creditDays), phone: `044 ${28_154_300 + index * 211}` },
        ...(isIndia
          ? { taxNumber: `${first}${gstinCheckDigit(first)}`, licence: `TN/20B/${1_180 + index}` }
          : {}),
      };
      const _id = known?._id ?? objectId((await addSupplier(ctx, addSupplierInput.parse(fields))).id);
      this.#suppliers.push({ _id, name, creditDays, letters });
    }
  }

  /** What runs low comes, and what is due is paid. @param isFirst whether the shelves are empty still */
  morning(day: Day, by: Clerk, { isFirst, isOrderDay }: { isFirst: boolean; isOrderDay: boolean }): void {
    if (isFirst || isOrderDay)
      for (const [index, supplier] of this.#suppliers.entries()) {
        const own = this.shop.shelves.filter((_, at) => at % this.#suppliers.length === index);
        const wanted = own.flatMap((shelf) => {
          const pieces = this.#wanted(shelf, day, isFirst);
          return pieces > 0 ? [{ shelf, pieces }] : [];
        });
        if (wanted.length > 0) this.#receive(supplier, wanted, day, by, index);
      }
    this.#pay(day, by);
  }

  #wanted(shelf: Shelf, day: Day, isFirst: boolean): number {
    // The first shelves are filled by guess, which is why some of it expires.
    if (isFirst) return shelf.reorderLevel + between(this.random, 4, 16);
    const usable = this.shop.usable(shelf, day);
    const least = Math.max(shelf.reorderLevel, Math.ceil(shelf.use * LEAST_DAYS));
    return usable > least
      ? 0
      : Math.ceil(shelf.use * ORDERED_DAYS) + shelf.reorderLevel - Math.floor(usable / 2);
  }

  #receive(
    supplier: Supplier,
    wanted: readonly { shelf: Shelf; pieces: number }[],
    day: Day,
    by: Clerk,
    index: number,
  ): void {
    const { shop, settings, random } = this;
    const at = new Date(instantAt(day, '08:35', shop.ctx.timeZone).getTime() + index * 240_000);
    const { country } = settings;
    const taxBp = taxComponentsOn({ country, isRegistered: true }, medicineTaxClass(country), day).reduce(
      (sum, { rateBp }) => sum + rateBp,
      0,
    );
    const facts = wanted.map(({ shelf, pieces }) => {
      const freePacks = pieces >= 20 && random() < 0.3 ? Math.floor(pieces / 10) : 0;
      const trend = 1 + between(random, -2, 3) / 100;
      return {
        ...{ unitsPerPack: 1, packs: Math.max(1, pieces - freePacks), freePacks, taxBp },
        rateMinor: Math.round((shelf.priceMinor * TRADE_SHARE * trend) / (1 + taxBp / 10_000)),
        discountBp: random() < 0.25 ? 200 : 0,
      };
    });
    const chargesMinor = random() < 0.2 ? 12_000 : 0;
    const rest = { chargesMinor, isTaxClaimed: settings.taxNumber !== null, isHalved: country === 'IN' };
    const exact = invoiceAmounts(facts, { ...rest, roundOffMinor: 0 });
    const totalMinor = roundedTo(exact.totalMinor, wholeUnit(settings.currency.code));
    const lines = facts.map((line, place) => {
      const [shelf, amounts] = [wanted[place]?.shelf, exact.lines[place]];
      if (!shelf || !amounts) throw new Error('A line has no medicine');
      const pieces = piecesOf(line);
      const lot = this.#lotOf(shelf, supplier, { day, at, pieces, valueMinor: amounts.costMinor });
      shop.receive(shelf, lot, by);
      const last = shelf.lastRateMinor;
      shelf.lastRateMinor = line.rateMinor;
      return {
        ...{
          ...line,
          expiresOn: lot.expiresOn,
          mrpMinor: lot.mrpMinor,
          medicineId: shelf._id,
          batchId: lot._id,
        },
        ...{ pieces, lotNumber: lot.lotNumber, unit: shelf.unit },
        name: [shelf.name, shelf.strength].filter(Boolean).join(' '),
        ...(last === undefined ? {} : { lastRateMinor: last }),
        ...amounts,
      };
    });
    const invoiceDay = shiftDay(day, -between(random, 0, 2));
    const invoiceNumber = `${supplier.letters}/${financialYearOf(invoiceDay, settings.yearStart)}/${String(1_000 + ++this.#invoices)}`;
    const dueOn = dueDay(invoiceDay, supplier.creditDays);
    const row = {
      ...{
        _id: shop.bulk.idAt(at),
        requestKey: uuidOf(random),
        supplierId: supplier._id,
        supplierName: supplier.name,
      },
      ...{ invoiceNumber, invoiceKey: `${financialYearOf(invoiceDay, settings.yearStart)}:${invoiceNumber}` },
      ...{ invoiceDay, day, dueOn, lines, chargesMinor, roundOffMinor: totalMinor - exact.totalMinor },
      ...{ taxableMinor: exact.taxableMinor, taxMinor: exact.taxMinor, totalMinor },
      ...{ isTaxClaimed: rest.isTaxClaimed, currency: settings.currency.code },
      ...{ paidMinor: 0, dueMinor: totalMinor, isDue: totalMinor > 0 },
      ...{ byUserId: by.id, byName: by.name, at, createdAt: at, updatedAt: at, __v: 0 },
    };
    shop.bulk.hold('goods_receipts', row, '9999-12-31');
    const isLate = random() < OVERDUE_SHARE;
    this.#owed.push({
      row,
      supplier,
      payOn: shiftDay(dueOn, isLate ? between(random, 12, 40) : -between(random, 0, 4)),
    });
  }

  #lotOf(
    shelf: Shelf,
    { letters }: Supplier,
    { day, at, pieces, valueMinor }: { day: Day; at: Date; pieces: number; valueMinor: number },
  ): Lot {
    const { random, shop } = this;
    // Now and then something comes that does not keep long.
    const months = random() < 0.07 ? between(random, 4, 6) : between(random, 13, 24);
    const last = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) + months, 0));
    return {
      _id: shop.bulk.idAt(at),
      lotNumber: `${letters.slice(0, 1)}${shelf.name.slice(0, 2).toUpperCase()}${day.slice(2, 4)}${between(random, 10_000, 99_999)}`,
      expiresOn: last.toISOString().slice(0, 10),
      quantity: pieces,
      valueMinor,
      mrpMinor: shelf.priceMinor,
      createdAt: at,
      updatedAt: at,
    };
  }

  #pay(day: Day, by: Clerk): void {
    for (let index = this.#owed.length - 1; index >= 0; index--) {
      const owed = this.#owed[index];
      if (!owed || owed.payOn > day) continue;
      this.#owed.splice(index, 1);
      const { row, supplier } = owed;
      const at = instantAt(day, '16:40', this.shop.ctx.timeZone);
      const amountMinor = row.dueMinor;
      this.shop.bulk.add('supplier_payments', {
        ...{ _id: this.shop.bulk.idAt(at), requestKey: uuidOf(this.random), receiptId: row._id },
        ...{ supplierId: supplier._id, day, method: 'transfer', amountMinor },
        reference: `NEFT${day.replaceAll('-', '')}${between(this.random, 100_000, 999_999)}`,
        ...{ byUserId: by.id, byName: by.name, at, __v: 0 },
      });
      Object.assign(row, { paidMinor: amountMinor, dueMinor: 0, isDue: false, updatedAt: at });
    }
  }
}
