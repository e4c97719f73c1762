import { MEDICINE_CODE, sourceKey } from '@/features/cashier/charges/policy';
import { medicineTaxClass } from '@/features/cashier/price-list/taxes';
import type { DispensedLine } from '@/features/dispensary/dispenses/policy';
import type { Bills } from './bills';
import type { Id } from './bulk';
import { uuidOf } from './chance';
import type { Charge, Item, Paid } from './money-rows';
import type { Papers, Seen, Signed } from './papers';
import type { Clerk, Given, Shop } from './shop';
import type { Party } from './till';

const ELSEWHERE = 0.08;
type Sold = Given & { charge: Charge };
export type Dispensed = { dispenseId: Id; sold: Sold[] };

export const partyOf = ({ patientId, patient: { name, number } }: Seen): Party => ({
  patientId,
  patient: { name, number },
});

/** The pharmacy's counter: prescriptions are handed out, and now and then a piece comes back. */
export class Counter {
  constructor(
    readonly shop: Shop,
    readonly bills: Bills,
    readonly papers: Papers,
    readonly pharmacist: Clerk,
  ) {}

  /** Hands out what there is. Some patients buy elsewhere; what has run out is said so. */
  dispense(visit: Seen, signed: Signed, at: Date): Dispensed {
    const { shop, bills, pharmacist: by } = this;
    const { day } = visit;
    const { ctx, random } = { ctx: shop.ctx, random: bills.till.random };
    const dispenseId = shop.bulk.idAt(at);
    const isBoughtElsewhere = random() < ELSEWHERE;
    const sold: Sold[] = [];
    const lines = signed.lines.map(({ shelf, ...line }): DispensedLine => {
      const { id: lineId, name, unit, form, site, steps, quantity } = line;
      const of = { day, at, by, dispenseId, lineId, dosage: { form, site, steps } };
      const given = isBoughtElsewhere ? null : shop.give(shelf, quantity, of);
      if (!given) {
        const notDispensedReason = isBoughtElsewhere ? 'The patient did not want it' : 'Out of stock';
        return { lineId, name, unit, quantity: 0, lots: [], notDispensedReason };
      }
      const item: Item = {
        ...{
          medicineId: shelf._id,
          dispenseId,
          code: MEDICINE_CODE,
          name: given.line.name,
          group: 'medicine',
        },
        ...{ taxClass: medicineTaxClass(ctx.organization.country), quantity },
        ...{ unitMinor: given.mrpMinor, isInclusive: true, isFree: false },
      };
      const source = { source: 'dispense', sourceKey: sourceKey.dispense(dispenseId.toString(), lineId) };
      const charge = bills.charge(item, source, partyOf(visit), { visitId: visit._id }, at);
      sold.push({ ...given, charge });
      return given.line;
    });
    this.papers.dispensed(signed, lines, by, { _id: dispenseId, day, at });
    return { dispenseId, sold };
  }

  /** One piece comes back unopened, and is credited at the price that was paid. */
  takeBack(visit: Seen, { dispenseId, sold }: Dispensed, paid: Paid, at: Date): void {
    const { shop, bills, pharmacist: by } = this;
    const { day } = bills.till.day;
    const [line] = sold;
    const index = paid.bill.lines.findIndex(({ chargeId }) => chargeId === line?.charge._id);
    const billed = paid.bill.lines[index];
    // What the drawer could not give back is not taken back.
    if (!line || !billed || bills.till.cashInDrawer() < billed.totalMinor) return;
    const returnId = shop.bulk.idAt(at);
    const back = shop.takeBack(line, { day, at, by, returnId });
    if (!back) return;
    const { shelf } = line;
    const content = {
      lines: [
        {
          ...{
            movementId: back.movementId.toString(),
            medicineId: shelf._id.toString(),
            name: line.line.name,
          },
          ...{ unit: shelf.unit, lotNumber: back.lotNumber, quantity: 1, place: 'shelf', isOpened: false },
        },
      ],
    };
    shop.bulk.add('medicine_returns', {
      ...{
        _id: returnId,
        requestKey: uuidOf(bills.till.random),
        dispenseId,
        patientId: visit.patientId,
        day,
      },
      ...{ reason: 'unused', content: JSON.stringify(content), byUserId: by.id, byName: by.name, at, __v: 0 },
    });
    if (!bills.credit(paid, new Map([[index, 1]]), at, 'Medicine returned unopened'))
      Object.assign(line.charge, { toCreditQuantity: 1, isToCredit: true });
  }
}
