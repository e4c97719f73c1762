import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as billSettings from '@/features/cashier/bill-settings/actions';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import * as bills from '@/features/cashier/bills/actions';
import { billModel } from '@/features/cashier/bills/model';
import * as charges from '@/features/cashier/charges/actions';
import { chargeModel } from '@/features/cashier/charges/model';
import { addCharges } from '@/features/cashier/charges/service';
import * as claims from '@/features/cashier/claims/actions';
import { claimModel } from '@/features/cashier/claims/model';
import { attachPaperInput } from '@/features/cashier/claims/schema';
import { attachPaper } from '@/features/cashier/claims/service';
import * as coverages from '@/features/cashier/coverages/actions';
import { coverageModel } from '@/features/cashier/coverages/model';
import * as dayBook from '@/features/cashier/day-book/actions';
import * as doctorShares from '@/features/cashier/doctor-shares/actions';
import { shareRuleModel } from '@/features/cashier/doctor-shares/model';
import * as onlineRefunds from '@/features/cashier/online-refunds/actions';
import { onlineRefundModel } from '@/features/cashier/online-refunds/model';
import * as payers from '@/features/cashier/payers/actions';
import { payerModel } from '@/features/cashier/payers/model';
import * as paymentLinks from '@/features/cashier/payment-links/actions';
import { paymentLinkModel } from '@/features/cashier/payment-links/model';
import * as payments from '@/features/cashier/payments/actions';
import { receiptModel } from '@/features/cashier/payments/model';
import * as priceList from '@/features/cashier/price-list/actions';
import { serviceModel } from '@/features/cashier/price-list/model';
import { listPriced } from '@/features/cashier/price-list/queries';
import { previewImport } from '@/features/cashier/price-list/service';
import * as settlements from '@/features/cashier/settlements/actions';
import { settlementModel } from '@/features/cashier/settlements/model';
import * as shifts from '@/features/cashier/shifts/actions';
import { shiftModel } from '@/features/cashier/shifts/model';
import { openShift } from '@/features/cashier/shifts/service';
import { strayEntries } from '@/lib/actions/entry';
import { definitionOf } from '@/lib/actions/gated';
import { auditedWrite } from '@/lib/audit/audited';
import { auditEventModel, tenantLedger } from '@/lib/audit/ledger';
import { verdictOf } from '@/lib/audit/verify';
import { objectId } from '@/lib/mongo';
import { bufferSource, piecesOf } from '@/lib/source';
import { shiftDay, today } from '@/lib/time';
import { anOnlineAccount } from '@/tests/builders/online-account';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { staffPrincipal } from '@/tests/builders/principals';
import { request } from '@/tests/emulators/request';
import { startStripe } from '@/tests/emulators/stripe';

// The request around an action: the owner is signed in; everything behind that is real.

type Action = (previous: { status: 'idle' }, form: FormData) => Promise<{ status: string; data?: unknown }>;
type Fields = Record<string, string | string[]>;
type Step = [name: string, action: unknown, fields: () => Fields | Promise<Fields>];

let org: Awaited<ReturnType<typeof testOrganization>>;
let client: mongoose.mongo.MongoClient;
let patientId = '';
let stripe: Awaited<ReturnType<typeof startStripe>>;
let account: Awaited<ReturnType<typeof anOnlineAccount>>;
const ctx = () => org.ctx();
const database = () => client.db(org.db.name);
const day = () => today(ctx().timeZone);
const service = async (code: string) => {
  const [active, inactive] = await Promise.all([
    listPriced(ctx(), day()),
    listPriced(ctx(), day(), { isActive: false }),
  ]);
  const found = [...active, ...inactive].find((one) => one.code === code);
  if (!found) throw new Error(`${code} is not on the list`);
  return found;
};
const scan = { name: 'Scan', code: 'SCAN', group: 'test', taxClass: 'health' };
const billId = async () => String((await billModel(ctx()).findOne({ kind: 'bill' }).orFail().lean())._id);
const count = {
  'denomination[]': ['coin-100'],
  'pieces[]': ['0'],
  isRestNone: 'on',
  reason: 'Counted again',
};

const idOf = async (find: Promise<{ _id: unknown } | null>) => String((await find)?._id);
const payerId = () => idOf(payerModel(ctx()).findOne({}).lean());
const coverageId = () => idOf(coverageModel(ctx()).findOne({}).lean());

/** A bill, whose whole the payer takes over: its claim. */
async function aClaim(): Promise<Fields> {
  const line = { serviceId: (await service('SCAN')).id, quantity: 1, unitMinor: 60_000 };
  await send(bills.issueBillAction, {
    ...{ patientId, requestKey: randomUUID(), lines: JSON.stringify([line]) },
    payerChoice: `coverage:${await coverageId()}`,
  });
  return { claimId: await idOf(claimModel(ctx()).findOne({ isOpen: true }).sort({ at: -1 }).lean()) };
}

/** A bill with something due, and the link by which it is paid. */
async function aLink(): Promise<{ linkId: string; providerId: string }> {
  await send(bills.issueBillAction, await theBill());
  const due = billModel(ctx()).findOne({ isDue: true }).sort({ at: -1 }).lean();
  await send(paymentLinks.makeLinkAction, { billId: await idOf(due) });
  const link = await paymentLinkModel(ctx()).findOne({ isOpen: true }).sort({ _id: -1 }).orFail().lean();
  return { linkId: link._id.toString(), providerId: link.providerId ?? '' };
}

/** Something that was done for the patient, to be billed or left off. */
async function aCharge(): Promise<Fields> {
  const to = { patientId: objectId(patientId), patient: { name: 'Asha', number: 'P-1' }, at: new Date() };
  const charge = {
    ...{ source: 'visit' as const, sourceKey: `visit:${randomUUID()}`, code: 'SCAN', name: 'Scan' },
    ...{ group: 'test' as const, taxClass: 'health', quantity: 1, unitMinor: 1, isInclusive: false },
  };
  await auditedWrite(ctx(), (session) => addCharges(ctx(), { ...to, day: day() }, [charge], session));
  const { _id } = await chargeModel(ctx()).findOne({ status: 'open' }).orFail().lean();
  return { chargeId: _id.toString(), reason: 'Not done' };
}

async function theBill(): Promise<Fields> {
  const { id, price } = await service('SCAN');
  const line = { serviceId: id, quantity: 2, unitMinor: price?.amountMinor };
  return { patientId, requestKey: randomUUID(), lines: JSON.stringify([line]) };
}

const sheet = 'Code,Name,Price\nNEW,New test,250.00\n';

/** A day of money, in which every action of the cashier happens. */
const DAY: Step[] = [
  [
    'the settings are saved',
    billSettings.updateBillSettingsAction,
    async () => ({
      ...{ reviewDays: '9', footer: 'Thank you' },
      version: String((await getBillSettings(ctx())).version),
    }),
  ],
  [
    'the usual services are added',
    priceList.addStarterServicesAction,
    // A new hospital has them all already.
    async () => {
      await serviceModel(ctx()).deleteOne({ code: 'CERT' });
      return {};
    },
  ],
  ['a service is added', priceList.addServiceAction, () => ({ ...scan, price: '500' })],
  [
    'changed',
    priceList.updateServiceAction,
    async () => ({
      ...scan,
      name: 'Scan of an eye',
      serviceId: (await service('SCAN')).id,
      version: (await service('SCAN')).version,
    }),
  ],
  [
    'priced',
    priceList.setPriceAction,
    async () => ({ serviceId: (await service('SCAN')).id, price: '600', from: day() }),
  ],
  [
    'taken off the list',
    priceList.deactivateServiceAction,
    async () => ({ serviceId: (await service('SCAN')).id }),
  ],
  ['put back', priceList.activateServiceAction, async () => ({ serviceId: (await service('SCAN')).id })],
  [
    'a spreadsheet is taken in',
    priceList.importPricesAction,
    async () => ({
      sheet,
      from: day(),
      fingerprint: (await previewImport(ctx(), { sheet, from: day() })).fingerprint,
    }),
  ],
  ['a drawer is opened', shifts.openShiftAction, () => ({ float: '1000' })],
  ['a charge is left off', charges.setChargeAsideAction, aCharge],
  ['a bill is issued', bills.issueBillAction, theBill],
  [
    'paid',
    payments.takePaymentAction,
    async () => ({ billId: await billId(), requestKey: randomUUID(), cash: '1200' }),
  ],
  [
    'credited in part',
    payments.creditBillAction,
    async () => ({
      billId: await billId(),
      requestKey: randomUUID(),
      lines: '[{"line":0,"quantity":1}]',
      reason: 'Not done',
    }),
  ],
  [
    'money is taken in advance',
    payments.takeAdvanceAction,
    () => ({ patientId, requestKey: randomUUID(), method: 'cash', amount: '300' }),
  ],
  [
    'and given back',
    payments.refundAdvanceAction,
    async () => ({
      receiptId: String((await receiptModel(ctx()).findOne({ kind: 'advance' }).orFail().lean())._id),
      requestKey: randomUUID(),
      amount: '100',
      reason: 'Asked for it',
    }),
  ],
  ['a payer is added', payers.savePayerAction, () => ({ kind: 'insurer', name: 'Star Health' })],
  [
    'has a price of its own',
    priceList.setPriceAction,
    async () => ({
      ...{ serviceId: (await service('SCAN')).id, price: '550', from: day(), payerId: await payerId() },
    }),
  ],
  [
    'and no longer',
    priceList.endPriceAction,
    async () => ({ serviceId: (await service('SCAN')).id, payerId: await payerId(), from: day() }),
  ],
  [
    'a service becomes a package',
    priceList.setPackageAction,
    async () => {
      const { id, version } = await service('SCAN');
      const parts = [{ serviceId: (await service('NEW')).id, quantity: 1 }];
      return { serviceId: id, version: String(version), parts: JSON.stringify(parts), days: '30' };
    },
  ],
  [
    'and holds nothing else again',
    priceList.setPackageAction,
    async () => {
      const { id, version } = await service('SCAN');
      return { serviceId: id, version: String(version), parts: '[]', days: '30' };
    },
  ],
  ['ended', payers.endPayerAction, async () => ({ payerId: await payerId() })],
  ['and offered again', payers.activatePayerAction, async () => ({ payerId: await payerId() })],
  [
    'a policy is added',
    coverages.saveCoverageAction,
    async () => ({ patientId, payerId: await payerId(), policyNumber: 'P 1' }),
  ],
  [
    'an approval is asked for',
    claims.requestAuthorizationAction,
    async () => ({ patientId, coverageId: await coverageId(), amount: '900' }),
  ],
  [
    'and sent',
    claims.updateClaimAction,
    async () => ({
      claimId: await idOf(claimModel(ctx()).findOne({ stage: 'authorization' }).lean()),
      ...{ version: '0', step: 'send' },
    }),
  ],
  [
    'a paper of it is deleted',
    claims.removePaperAction,
    async () => {
      const claimId = await idOf(claimModel(ctx()).findOne({ stage: 'authorization' }).lean());
      const content = Buffer.from('%PDF-1.7\n%%EOF\n');
      const facts = { claimId, name: 'a.pdf', claimedType: '', sizeBytes: content.length };
      const body = piecesOf(bufferSource(content), 1_000);
      return { claimId, fileId: (await attachPaper(ctx(), attachPaperInput.parse(facts), body)).id };
    },
  ],
  [
    'a payer takes over what is due',
    bills.assignShareAction,
    async () => {
      await send(bills.issueBillAction, await theBill());
      const due = billModel(ctx()).findOne({ isDue: true }).lean();
      return { billId: await idOf(due), payerChoice: `payer:${await payerId()}`, mode: 'cashless' };
    },
  ],
  [
    'a transfer is entered',
    settlements.settleClaimsAction,
    async () => ({
      ...{ payerId: await payerId(), amount: '500', reference: 'UTR000001', receivedDay: day() },
      parts: JSON.stringify([{ ...(await aClaim()), received: '500', tds: '50' }]),
    }),
  ],
  [
    'and reversed',
    settlements.reverseSettlementAction,
    async () => ({
      settlementId: await idOf(settlementModel(ctx()).findOne({ isReversed: false }).lean()),
      reason: 'Another hospital’s',
    }),
  ],
  [
    'a doctor has a share',
    doctorShares.addShareRuleAction,
    async () => ({ doctorId: (await org.doctor()).id, from: day(), rate: '40' }),
  ],
  [
    'no longer',
    doctorShares.endShareRuleAction,
    async () => ({ ruleId: await idOf(shareRuleModel(ctx()).findOne({}).lean()) }),
  ],
  [
    'a link is made for what is due',
    paymentLinks.makeLinkAction,
    async () => {
      await send(bills.issueBillAction, await theBill());
      return { billId: await idOf(billModel(ctx()).findOne({ isDue: true }).sort({ at: -1 }).lean()) };
    },
  ],
  ['and ended', paymentLinks.endLinkAction, async () => ({ linkId: (await aLink()).linkId })],
  [
    'one is found paid',
    paymentLinks.lookAgainAction,
    async () => {
      const { linkId, providerId } = await aLink();
      await account.pay(providerId);
      return { linkId };
    },
  ],
  [
    'one that nobody understands is put aside',
    paymentLinks.setLinkAsideAction,
    async () => {
      const { linkId } = await aLink();
      await paymentLinkModel(ctx()).updateOne({ _id: objectId(linkId) }, { $set: { state: 'unclear' } });
      return { linkId };
    },
  ],
  [
    'a refund that failed is asked for again',
    onlineRefunds.askRefundAgainAction,
    async () => {
      const receipt = await receiptModel(ctx()).findOne({ 'tenders.method': 'online' }).orFail().lean();
      const { _id } = await onlineRefundModel(ctx()).create({
        ...{ receiptId: receipt._id, receiptNumber: receipt.number, patientName: 'Asha', day: day() },
        ...{ at: new Date(), paymentId: 'pi_1', amountMinor: 100, currency: 'INR', attempt: 1 },
        ...{ state: 'failed' as const, isOpen: true },
      });
      return { refundId: _id.toString() };
    },
  ],
  ['the policy is ended', coverages.endCoverageAction, async () => ({ coverageId: await coverageId() })],
  ['the drawer is closed', shifts.closeShiftAction, () => count],
  [
    'and a colleague’s',
    shifts.closeOtherShiftAction,
    async () => ({
      ...count,
      shiftId: String((await shiftModel(ctx()).findOne({ status: 'open' }).orFail().lean())._id),
    }),
  ],
  ['the day is closed', dayBook.closeDayAction, () => ({ day: day() })],
];

function formOf(fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) form.append(name, one);
  return form;
}
const send = (action: unknown, fields: Fields) => (action as Action)({ status: 'idle' }, formOf(fields));
const nameOf = (action: unknown): string => (definitionOf(action) as { audit: string }).audit;
const entriesOf = (action: string) =>
  auditEventModel(ctx()).find({ action, result: 'ok' }).sort({ seq: 1 }).lean();

/** All but the log itself, and the numbers that are taken before a change. */
async function records(): Promise<string> {
  const names = (await database().listCollections().toArray()).map(({ name }) => name).sort();
  const kept = names.filter((name) => !name.startsWith('audit_') && name !== 'counters');
  const all = kept.map(async (name) => [
    name,
    await database().collection(name).find().sort({ _id: 1 }).toArray(),
  ]);
  // That a row was touched outside of the transaction, as the currency's is, changes nothing that it says.
  return JSON.stringify(await Promise.all(all), (key, value) => (key === 'updatedAt' ? undefined : value));
}

/** While it stands, the database takes no note: an index that allows one note, and that note. */
async function refuseNotes<T>(work: () => Promise<T>): Promise<T> {
  const notes = database().collection('audit_notes');
  await notes.insertOne({ ledgerId: 'nowhere', result: 'ok' });
  await notes.createIndex({ result: 1 }, { unique: true, name: 'one_note' });
  try {
    return await work();
  } finally {
    await notes.dropIndex('one_note');
    await notes.deleteMany({ ledgerId: 'nowhere' });
  }
}

beforeAll(async () => {
  stripe = await startStripe();
  org = await testOrganization();
  account = await anOnlineAccount(ctx(), stripe);
  client = await new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '').connect();
  patientId = (await aPatient(ctx())).id;
  await openShift(org.ctx('cashier'), { float: '0' });
  request.principal = await staffPrincipal(org.organizationId, org.owner, 'owner');
});
afterAll(async () => {
  await client.close();
  await org.dispose();
  await closeConnections();
  await stripe.stop();
});

describe('an act of money and its entry are there together, or neither is', () => {
  it.each(DAY)('%s', async (_name, action, fieldsOf) => {
    const fields = await fieldsOf();
    const event = nameOf(action);
    const earlier = await entriesOf(event);
    // The first attempt may make the empty row of a day or of the settings, outside of the transaction.
    await refuseNotes(() => send(action, fields));
    const before = await records();
    const refused = await refuseNotes(() => send(action, fields));
    expect(refused.status).not.toBe('ok');
    expect(await records()).toBe(before);

    expect(await send(action, fields)).toMatchObject({ status: 'ok' });
    expect(await records()).not.toBe(before);
    const entries = await entriesOf(event);
    expect(entries).toHaveLength(earlier.length + 1);
    expect(entries.at(-1)).toMatchObject({ noteId: expect.any(String), actor: { id: org.owner.id } });
  });

  it('and to look at a spreadsheet changes nothing', async () => {
    const before = await records();
    expect(await send(priceList.previewPricesAction, { sheet, from: shiftDay(day(), 1) })).toMatchObject({
      status: 'ok',
    });
    expect(await records()).toBe(before);
    expect(await entriesOf('price-list.preview')).toHaveLength(1);
  });

  it('for every action of the cashier', () => {
    const of = [
      billSettings,
      bills,
      charges,
      claims,
      coverages,
      dayBook,
      doctorShares,
      onlineRefunds,
      payers,
      paymentLinks,
      payments,
      priceList,
    ];
    const all = [...of, settlements, shifts].flatMap(Object.values);
    const done = new Set(DAY.map(([, action]) => action));
    expect(all.filter((action) => !done.has(action)).map(nameOf)).toEqual([
      // A mail changes no record, and the account is in the master database.
      ...['payment-link.send', 'online-account.remove', 'price-list.preview'],
    ]);
  });

  it('in a chain that is whole, and no gate had to write an entry itself', async () => {
    expect(await verdictOf(tenantLedger(org.db))).toMatchObject({ status: 'intact' });
    expect(strayEntries()).toEqual([]);
  });
});
