import type { LineAmounts } from '@/features/cashier/bills/amounts';
import type { StoredTender } from '@/features/cashier/payments/service/write-receipt';
import type { ConsultationKind, ServiceGroup } from '@/features/cashier/price-list/policy';
import type { Day } from '@/lib/time';
import type { Id, Row } from './bulk';
import type { Party } from './till';

/** What was done and costs something: a charge, or a service that is billed at once. */
export type Item = {
  serviceId?: Id;
  medicineId?: Id;
  dispenseId?: Id;
  code: string;
  name: string;
  group: ServiceGroup;
  taxClass: string;
  consultation?: ConsultationKind;
  quantity: number;
  unitMinor: number;
  isInclusive: boolean;
  isFree: boolean;
};
export type Charge = Row &
  Item & { _id: Id; status: string; day: Day; toCreditQuantity: number; isToCredit: boolean };
export type Line = LineAmounts & Item & { chargeId?: Id; creditedQuantity: number; hsn: string };
export type BillRow = Row & {
  _id: Id;
  number: string;
  lines: Line[];
  totalMinor: number;
  paidMinor: number;
  creditedMinor: number;
  dueMinor: number;
  isDue: boolean;
  isCredited: boolean;
  roundStep: number;
};
export type ReceiptRow = Row & {
  _id: Id;
  number: string;
  tenders: StoredTender[];
  leftMinor?: number;
  isHeld?: boolean;
};
export type Advance = ReceiptRow & { leftMinor: number };
export type Paid = { bill: BillRow; party: Party; receipts: ReceiptRow[]; charges: Charge[] };
export type Of = { visitId?: Id; doctorId?: Id; doctorName?: string };

/** What a charge is billed as. */
export function itemOf(charge: Charge): Item {
  const { serviceId, medicineId, code, name, group, taxClass, consultation } = charge;
  const { quantity, unitMinor, isInclusive, isFree } = charge;
  return {
    ...(serviceId ? { serviceId } : {}),
    ...(medicineId ? { medicineId } : {}),
    ...{ code, name, group, taxClass, quantity, unitMinor, isInclusive, isFree },
    ...(consultation ? { consultation } : {}),
  };
}
