import { randomUUID } from 'node:crypto';
import { billSettingsInput } from '@/features/cashier/bill-settings/schema';
import { updateBillSettings } from '@/features/cashier/bill-settings/service';
import { proposeFee } from '@/features/cashier/bills/queries';
import { requestAuthorizationInput } from '@/features/cashier/claims/schema';
import { requestAuthorization } from '@/features/cashier/claims/service';
import { takeAdvanceInput } from '@/features/cashier/payments/schema';
import { takeAdvance } from '@/features/cashier/payments/service';
import { listPriced, type PricedService } from '@/features/cashier/price-list/queries';
import { setPriceInput } from '@/features/cashier/price-list/schema';
import { setPrice } from '@/features/cashier/price-list/service';
import { shiftModel } from '@/features/cashier/shifts/model';
import { denominationKey, denominationsOf } from '@/features/cashier/shifts/policy';
import { findOwnShift } from '@/features/cashier/shifts/queries';
import { closeShiftInput } from '@/features/cashier/shifts/schema';
import { closeShift, openShift } from '@/features/cashier/shifts/service';
import { listQueue } from '@/features/frontdesk/queue/queries';
import { gstinCheckDigit } from '@/lib/tax-number';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { aBill, aPayment } from '@/tests/builders/bill';
import { aCoverage, aPayer } from '@/tests/builders/payer';
import { PRICES } from '../pilot/history/prices';

/** Of Rajasthan, with its check digit. */
const TAX_NUMBER = `08AABCA4410E1Z${gstinCheckDigit('08AABCA4410E1Z')}`;

/** How bills look, and under which number taxes are paid: before the first one is issued. */
export async function seedBillSettings(ctx: TenantContext): Promise<void> {
  const isIndia = ctx.organization.country === 'IN';
  await updateBillSettings(
    ctx,
    billSettingsInput.parse({
      isRounded: isIndia ? 'on' : '',
      address: isIndia ? '14 Ajmer Road\nJaipur 302001' : '200 Lakeshore Drive\nBuffalo, NY 14202',
      ...(isIndia ? { upiAddress: 'aravali.eye@okbank', taxNumber: TAX_NUMBER } : {}),
    }),
  );
}

/** The price list, which has to be there before anybody comes: a check-in charges its fee. */
export async function seedPriceList(ctx: TenantContext): Promise<void> {
  const from = today(ctx.timeZone);
  const column = ctx.organization.country === 'IN' ? 0 : 1;
  for (const { id, code, price: known } of await listPriced(ctx, from)) {
    const price = PRICES[code]?.[column];
    if (price && !known)
      await setPrice(ctx, setPriceInput.parse({ serviceId: id, price: String(price), from }));
  }
}

/** A morning at the counter: some bills are paid, some in part, one is due. */
export async function seedBills(ctx: TenantContext): Promise<void> {
  const day = today(ctx.timeZone);
  const services = await listPriced(ctx, day);
  const serviceOf = (wanted: string): PricedService => {
    const found = services.find(({ id, code }) => id === wanted || code === wanted);
    if (!found) throw new Error(`${wanted} is not on the list`);
    return found;
  };
  await openShift(ctx, { float: '0' });
  const { entries } = await listQueue(ctx);
  for (const [index, entry] of entries.slice(0, 5).entries()) {
    const { patientId, visitId, doctorId } = entry;
    const fee = await proposeFee(
      ctx,
      { services, reviewDays: 7 },
      { patientId, visitId, day, doctorId, hasComeBefore: false },
    );
    if (!fee) continue;
    const lines = [
      { service: serviceOf(fee.serviceId) },
      ...(index % 2 === 0 ? [{ service: serviceOf('REFR') }] : []),
    ];
    const bill = await aBill(ctx, { patientId, visitId, doctorId: doctorId ?? '', lines });
    const amount = (share: number) => String(Math.floor((bill.totalMinor * share) / 100));
    if (index === 4) continue;
    if (index === 1)
      await aPayment(ctx, { billId: bill.id, card: amount(1), cardReference: `SLIP-${1_000 + index}` });
    else await aPayment(ctx, { billId: bill.id, cash: amount(index === 3 ? 0.5 : 1) });
  }
  const [last] = entries.slice(-1);
  if (last) {
    const advance = { patientId: last.patientId, requestKey: randomUUID(), method: 'cash', amount: '5000' };
    await takeAdvance(ctx, takeAdvanceInput.parse({ ...advance, note: 'Cataract surgery' }));
  }
  await closeSeededShift(ctx);
  if (last && ctx.organization.country === 'IN') await seedPayers(ctx, last.patientId, serviceOf('PHACO'));
}

/** Who pays beside patients, and a cataract that waits for its insurer. */
async function seedPayers(ctx: TenantContext, patientId: string, surgery: PricedService): Promise<void> {
  const insurer = await aPayer(ctx, { name: 'Star Health Insurance', tds: '10', creditDays: '30' });
  await aPayer(ctx, { name: 'Rajasthan Government Health Scheme', kind: 'scheme', creditDays: '90' });
  await aPayer(ctx, { name: 'Lions Club Jaipur', kind: 'sponsor' });
  await aPayer(ctx, { name: 'Free care of the hospital', kind: 'charity', isOwnFund: 'on' });
  const policy = {
    policyNumber: 'P/211111/01/2026',
    memberId: 'SH-2291',
    validTo: shiftDay(today(ctx.timeZone), 200),
    coPay: '10',
  };
  const coverage = await aCoverage(ctx, { patientId, payerId: insurer.id, ...policy });
  await aBill(ctx, { patientId, lines: [{ service: surgery }], payerChoice: `coverage:${coverage.id}` });
  const asked = { patientId, coverageId: coverage.id, amount: '42000', procedure: 'Cataract, left eye' };
  await requestAuthorization(ctx, requestAuthorizationInput.parse({ ...asked, isSent: 'on' }));
}

/** Counted in single units of the currency, so that it fits. */
async function closeSeededShift(ctx: TenantContext): Promise<void> {
  const shift = await findOwnShift(ctx);
  if (!shift) return;
  const row = await shiftModel(ctx).findOne({ status: 'open', cashierId: shift.cashierId }).orFail().lean();
  const currency = ctx.organization.country === 'IN' ? 'INR' : 'USD';
  const unit = denominationsOf(currency).find(({ faceMinor }) => faceMinor === 100);
  if (!unit) throw new Error('There is no single unit');
  const expected = row.floatMinor + row.totals.cash;
  await closeShift(
    ctx,
    closeShiftInput.parse({
      denomination: [denominationKey(unit)],
      pieces: [String(expected / 100)],
      isRestNone: 'on',
    }),
  );
}
