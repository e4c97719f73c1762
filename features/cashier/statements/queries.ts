import 'server-only';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { billModel } from '../bills/model';
import { listClaimsOfPatient } from '../claims/queries';
import { receiptModel } from '../payments/model';
import { RECEIPT_LABEL } from '../payments/policy';
import { type Account, accountFrom, type Entry } from './policy';

/** More documents than this nobody reads on paper. */
const MOST = 2_000;

/** The finds behind a statement; apart from it so that a test can ask how they are answered. */
export const findDocuments = (ctx: TenantContext, patientId: string) => {
  const of = { patientId: objectId(patientId, 'patient') };
  return {
    bills: billModel(ctx).find(of).sort({ at: -1, _id: -1 }).limit(MOST),
    receipts: receiptModel(ctx).find(of).limit(MOST),
  };
};

/**
 * A patient's account from a day on. It ends with what all bills have due, less what is held in advance. An
 * advance that is used moves nothing: its money came in before.
 */
export async function readAccount(ctx: TenantContext, patientId: string, from: Day): Promise<Account> {
  const { bills, receipts } = findDocuments(ctx, patientId);
  const [billRows, receiptRows, claims] = await Promise.all([
    bills.select('kind number day at totalMinor ofBillNumber').lean(),
    receipts.select('kind number day at moneyMinor').lean(),
    listClaimsOfPatient(ctx, patientId),
  ]);
  const entries: Entry[] = [
    ...billRows.map(({ kind, number, day, at, totalMinor, ofBillNumber }) => ({
      ...{ at: at.toISOString(), day, amountMinor: totalMinor },
      what: kind === 'bill' ? `Bill ${number}` : `Credit note ${number} of bill ${ofBillNumber ?? ''}`,
    })),
    ...receiptRows
      .filter(({ moneyMinor }) => moneyMinor !== 0)
      .map(({ kind, number, day, at, moneyMinor }) => ({
        ...{ at: at.toISOString(), day, amountMinor: 0 - moneyMinor },
        what: `${RECEIPT_LABEL[kind]} ${number}`,
      })),
    ...claims
      .filter(({ claimedMinor, returnedMinor }) => claimedMinor - returnedMinor !== 0)
      .map(({ payerName, billNumber, day, at, claimedMinor, returnedMinor }) => ({
        ...{ at, day, amountMinor: returnedMinor - claimedMinor },
        what: `Share of ${payerName} of bill ${billNumber ?? ''}`,
      })),
  ];
  return accountFrom(entries, from);
}
