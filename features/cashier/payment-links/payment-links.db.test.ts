import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { auditEventModel, auditNoteModel } from '@/lib/audit/ledger';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { newObjectId, objectId } from '@/lib/mongo';
import { today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBill, aPayment, aService, aShift } from '@/tests/builders/bill';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { anOnlineAccount } from '@/tests/builders/online-account';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { startStripe } from '@/tests/emulators/stripe';
import { billModel } from '../bills/model';
import { creditBillInput } from '../bills/schema';
import { moneyFigures, readDayBook } from '../day-book/queries';
import { onlineAccountModel } from '../online-accounts/model';
import { findOnlineAccount } from '../online-accounts/queries';
import { saveOnlineAccountInput } from '../online-accounts/schema';
import { resealOnlineAccounts } from '../online-accounts/secrets';
import { saveOnlineAccount } from '../online-accounts/service';
import { onlineRefundModel } from '../online-refunds/model';
import {
  countFailedRefunds,
  findAskedRefunds,
  findOpenRefunds,
  listOpenRefunds,
} from '../online-refunds/queries';
import { askRefundAgain, followRefund } from '../online-refunds/service';
import { receiptModel } from '../payments/model';
import { listAdvances, listReceiptsOfBill } from '../payments/queries';
import { refundAdvanceInput } from '../payments/schema';
import { creditBill, refundAdvance } from '../payments/service';
import { moneyDayModel, shiftModel } from '../shifts/model';
import { paymentEventModel, paymentLinkModel } from './model';
import {
  findAllOpenLinks,
  findLinkOfBill,
  findLinksOfBill,
  findOpenLinks,
  findSharedLink,
  listOpenLinks,
} from './queries';
import { endLink, followLink, lookAgain, makeLink, removeAccount } from './service';
import { readLinkToken } from './token';
import { lookAtAll } from './work';

let stripe: Awaited<ReturnType<typeof startStripe>>;
let org: Awaited<ReturnType<typeof testOrganization>>;
let other: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let cashier: ReturnType<typeof org.ctx>;
let account: Awaited<ReturnType<typeof anOnlineAccount>>;
let service: Awaited<ReturnType<typeof aService>>;
let patientId = '';

/** What is due of a bill of one patient: 1,000.00 a piece. */
const bill = (quantity = 1) => aBill(ctx, { patientId, lines: [{ service, quantity }] });
const row = (id: string) => paymentLinkModel(ctx).findById(objectId(id)).orFail().lean();
const pageOf = async (linkId: string) => (await row(linkId)).providerId ?? '';
const pay = async (linkId: string) => account.pay(await pageOf(linkId));
const due = async (billId: string) =>
  (await billModel(ctx).findById(objectId(billId)).orFail().lean()).dueMinor;
const credit = (billId: string, quantity: number) =>
  creditBill(
    cashier,
    creditBillInput.parse({
      ...{ billId, requestKey: randomUUID(), lines: JSON.stringify([{ line: 0, quantity }]) },
      reason: 'Test was not done',
    }),
  );
/** All that came in and stayed, by its receipts. */
const held = async (billId: string) => {
  const { patientId: of } = await billModel(ctx).findById(objectId(billId)).orFail().lean();
  const rows = await receiptModel(ctx).find({ patientId: of }).lean();
  return rows.reduce((sum, { moneyMinor }) => sum + moneyMinor, 0);
};

beforeAll(async () => {
  stripe = await startStripe();
  org = await testOrganization({ maxUsers: null });
  other = await testOrganization();
  ctx = org.ctx();
  cashier = org.ctx('cashier');
  account = await anOnlineAccount(ctx, stripe);
  service = await aService(ctx, { price: '1000' });
  await aShift(cashier);
});
beforeEach(async () => {
  patientId = (await aPatient(ctx)).id;
});
afterAll(async () => {
  await org.dispose();
  await other.dispose();
  await closeConnections();
  await stripe.stop();
});

describe('the account', () => {
  it('says whose it is, and never its key', async () => {
    const shown = await findOnlineAccount(ctx);
    expect(shown).toMatchObject({
      providerName: 'Stripe',
      accountName: ctx.organization.name,
      isLive: false,
    });
    expect(shown).toMatchObject({ currency: 'INR', keyEnding: account.secretKey.slice(-4), isTold: true });
    expect(JSON.stringify(shown)).not.toContain(account.secretKey);
    const stored = await onlineAccountModel.findById(org.organizationId).orFail().lean();
    expect(JSON.stringify(stored)).not.toContain(account.secretKey);
    expect(stored.address).toMatch(/^[\w-]{43}$/);
  });

  it('is refused with a key that opens nothing, which is said at its field', async () => {
    const wrong = saveOnlineAccountInput.parse({ secretKey: 'sk_test_nobodyknowsthis' });
    await expect(saveOnlineAccount(other.ctx(), wrong)).rejects.toMatchObject({
      ...{ code: 'INVALID_INPUT', field: 'secretKey' },
    });
    expect(await findOnlineAccount(other.ctx())).toBeNull();
  });

  it('takes another key of the same account only', async () => {
    const secretKey = `sk_test_${randomUUID().replaceAll('-', '')}`;
    await stripe.control('accounts', { secretKey, name: 'Somebody else' });
    await expect(saveOnlineAccount(ctx, saveOnlineAccountInput.parse({ secretKey }))).rejects.toMatchObject({
      ...{ code: 'CONFLICT', field: 'secretKey' },
    });
    await saveOnlineAccount(ctx, saveOnlineAccountInput.parse({ secretKey: account.secretKey }));
    // The endpoint of before is gone, and the address is the same.
    expect((await account.stripe.webhookEndpoints.list()).data).toHaveLength(1);
    expect((await onlineAccountModel.findById(org.organizationId).orFail().lean()).address).toBe(
      account.address,
    );
  });

  it('can be sealed again under another key of ours', async () => {
    const before = await onlineAccountModel.findById(org.organizationId).orFail().lean();
    expect(await resealOnlineAccounts()).toBe(1);
    const after = await onlineAccountModel.findById(org.organizationId).orFail().lean();
    expect(after.secretKey).not.toBe(before.secretKey);
    await expect(makeLink(ctx, { billId: (await bill()).id })).resolves.toMatchObject({ state: 'open' });
  });

  it('is needed for a link, and nothing else changes without one', async () => {
    await expect(makeLink(other.ctx(), { billId: newObjectId().toString() })).rejects.toMatchObject({
      ...{ code: 'CONFLICT', message: expect.stringContaining('No account') },
    });
  });
});

describe('a link', () => {
  it('asks for what is due, with the number of the bill and no word of the patient', async () => {
    const { id, number } = await bill(2);
    const link = await makeLink(cashier, { billId: id });
    expect(link).toMatchObject({ state: 'open', amountMinor: 200_000, currency: 'INR', billNumber: number });
    const session = await account.stripe.checkout.sessions.retrieve(await pageOf(link.id), {
      expand: ['line_items'],
    });
    expect(session).toMatchObject({ amount_total: 200_000, currency: 'inr', client_reference_id: link.id });
    expect(session.line_items?.data[0]?.description).toBe(`Bill ${number}`);
    const told = JSON.stringify(session);
    for (const word of ['Lakshmi', 'Iyer', patientId, service.name]) expect(told).not.toContain(word);
  });

  it('is one of its bill at a time, also when it is asked for twice at once', async () => {
    const { id } = await bill();
    const all = await Promise.allSettled([1, 2, 3].map(() => makeLink(cashier, { billId: id })));
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    const links = await findLinksOfBill(ctx, id).lean();
    expect(links.filter(({ isOpen }) => isOpen)).toHaveLength(1);
    const second = await makeLink(cashier, { billId: id });
    const states = (await findLinksOfBill(ctx, id).lean()).map(({ state }) => state);
    expect(states.filter((state) => state === 'open')).toHaveLength(1);
    expect((await findLinkOfBill(ctx, id))?.id).toBe(second.id);
    const first = links.find(({ isOpen }) => isOpen);
    const page = await account.stripe.checkout.sessions.retrieve(first?.providerId ?? '');
    expect(page.status).toBe('expired');
  });

  it('shows a stranger the hospital, the bill and the amount; a forged one nothing', async () => {
    const { id, number } = await bill();
    const { address } = await makeLink(cashier, { billId: id });
    const token = address?.split('/').at(-1) ?? '';
    expect(await findSharedLink(token, { ip: '1.2.3.4', isBack: false })).toEqual({
      ...{ hospital: ctx.organization.name, billNumber: number, amountMinor: 100_000, state: 'open' },
      ...{ currency: { code: 'INR', locale: 'en-IN' }, url: expect.stringContaining('/c/pay/') },
    });
    expect(readLinkToken(`${token.slice(0, -2)}xx`)).toBeNull();
    expect(await findSharedLink(`${token.slice(0, -2)}xx`, { ip: '1.2.3.4', isBack: false })).toBeNull();
    // Short enough for a code that a phone reads off a screen.
    expect(address?.length).toBeLessThan(200);
  });

  it('ends when its bill is paid at the counter, credited or taken over', async () => {
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    await aPayment(cashier, { billId: id, cash: '400' });
    expect(await followLink(ctx, objectId(link.id))).toMatchObject({ state: 'ended', endReason: 'changed' });
    expect((await account.stripe.checkout.sessions.retrieve(await pageOf(link.id))).status).toBe('expired');
    const again = await makeLink(cashier, { billId: id });
    expect(again.amountMinor).toBe(60_000);
    await credit(id, 1);
    await expect(followLink(ctx, objectId(again.id))).resolves.toMatchObject({ state: 'ended' });
    await expect(makeLink(cashier, { billId: id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('ends by hand, and not once it is paid', async () => {
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    expect(await endLink(cashier, { linkId: link.id })).toMatchObject({
      state: 'ended',
      endReason: 'person',
    });
    const second = await makeLink(cashier, { billId: id });
    await pay(second.id);
    expect(await endLink(cashier, { linkId: second.id })).toMatchObject({ state: 'paid' });
    expect(await due(id)).toBe(0);
  });

  it('is received at the branch of its bill, whoever finds it paid', async () => {
    const plan = await testOrganization({ plan: 'professional', maxUsers: null });
    const own = await anOnlineAccount(plan.ctx(), stripe);
    const hebbal = await aBranch(plan, 'Hebbal', 'HB');
    const there = await ctxAt(plan, 'owner', hebbal.id);
    const test = await aService(there, { price: '700' });
    const patient = await aPatient(there);
    const { id } = await aBill(there, { patientId: patient.id, lines: [{ service: test }] });
    const link = await makeLink(there, { billId: id });
    const session = await paymentLinkModel(there).findById(objectId(link.id)).orFail().lean();
    const main = await ctxAt(plan, 'owner', FIRST_BRANCH_ID);
    expect([await listOpenLinks(main), (await listOpenLinks(there)).map((one) => one.id)]).toEqual([
      [],
      [link.id],
    ]);
    await own.pay(session.providerId ?? '');
    // As work does it, which is at no branch in particular.
    await followLink(main, objectId(link.id));
    const [receipt] = await listReceiptsOfBill(there, id);
    expect(receipt).toMatchObject({ branchId: hebbal.id, amountMinor: 70_000 });
    expect(receipt?.number).toMatch(/^HBR\//);
    const day = today(there.timeZone);
    expect((await readDayBook(there, day)).collectedMinor).toBe(70_000);
    expect((await readDayBook(main, day)).collectedMinor).toBe(0);

    // What goes back is on the list of the branch that gives it back, and so is a refusal.
    const back = creditBillInput.parse({
      ...{ billId: id, reason: 'Not done', requestKey: randomUUID() },
      lines: JSON.stringify([{ line: 0, quantity: 1 }]),
    });
    const { refund } = await creditBill(there, back);
    await onlineRefundModel(there).updateMany({}, { $set: { state: 'failed' } });
    const refundsAtBranches = async () => [
      ...[await listOpenRefunds(main), (await listOpenRefunds(there)).map((one) => one.receiptNumber)],
      ...[await countFailedRefunds(main), await countFailedRefunds(there)],
    ];
    expect(await refundsAtBranches()).toEqual([[], [refund?.number], 0, 1]);
    await plan.dispose();
  });

  it('that the provider refuses once it is asked again has ended, and its bill has another', async () => {
    const { id } = await bill();
    const trouble = { path: '/v1/checkout/sessions', method: 'POST', status: 500, count: 3 };
    await account.control('faults', trouble);
    await expect(makeLink(cashier, { billId: id })).rejects.toThrow();
    // Stripe was away for a day: the end of the page is too near, or has passed.
    const first = await findLinkOfBill(ctx, id);
    await paymentLinkModel(ctx).collection.updateOne(
      { _id: objectId(first?.id ?? '') },
      { $set: { expiresAt: new Date(Date.now() - 60_000) } },
    );
    await lookAtAll();
    expect(await findLinkOfBill(ctx, id)).toMatchObject({ state: 'ended', endReason: 'refused' });
    expect(await makeLink(cashier, { billId: id })).toMatchObject({ state: 'open' });
  });

  it('that was being made when the process died is made once', async () => {
    const { id } = await bill();
    const trouble = { path: '/v1/checkout/sessions', method: 'POST', status: 500, when: 'after', count: 3 };
    await account.control('faults', trouble);
    await expect(makeLink(cashier, { billId: id })).rejects.toThrow();
    expect(await findLinkOfBill(ctx, id)).toMatchObject({ state: 'making' });
    await lookAtAll();
    const link = await findLinkOfBill(ctx, id);
    expect(link).toMatchObject({ state: 'open', amountMinor: 100_000 });
    const { data } = await account.stripe.checkout.sessions.list({ limit: 100 });
    expect(data.filter(({ client_reference_id: of }) => of === link?.id)).toHaveLength(1);
  });
});

describe('what is paid by a link', () => {
  it('is one receipt without a shift, in the day book and the report as a way of its own', async () => {
    const { id, number } = await bill();
    const link = await makeLink(cashier, { billId: id });
    const before = await readDayBook(ctx, today(ctx.timeZone));
    const drawers = await shiftModel(ctx).find({}).select('totals receipts').lean();
    const session = await pay(link.id);
    const [event] = await account.events('checkout.session.completed');
    if (!event) throw new Error('Stripe has told nothing');
    expect(await account.tell(event)).toBe('received');
    expect(await account.tell(event)).toBe('known');
    await account.work();
    const [receipt, ...more] = await listReceiptsOfBill(ctx, id);
    expect(more).toEqual([]);
    expect(receipt).toMatchObject({
      ...{ kind: 'payment', amountMinor: 100_000, moneyMinor: 100_000, billNumber: number },
      ...{ shiftId: null, cashierName: 'Online payments', day: today(ctx.timeZone) },
      tenders: [{ method: 'online', amountMinor: 100_000, reference: session.payment_intent }],
    });
    expect(receipt?.number).toMatch(/^R\//);
    expect(await due(id)).toBe(0);
    const after = await readDayBook(ctx, today(ctx.timeZone));
    const online = (book: typeof after) =>
      book.methods.find(({ method }) => method === 'online')?.netMinor ?? 0;
    const cash = (book: typeof after) => book.methods.find(({ method }) => method === 'cash')?.netMinor;
    expect(online(after) - online(before)).toBe(100_000);
    expect(cash(after)).toBe(cash(before));
    expect(after.collectedMinor - before.collectedMinor).toBe(100_000);
    expect(await shiftModel(ctx).find({}).select('totals receipts').lean()).toEqual(drawers);
    const span = { from: today(ctx.timeZone), to: today(ctx.timeZone) };
    const figures = await moneyFigures(ctx, 'collection-method', span);
    expect(figures.find(({ key }) => key === 'online')).toMatchObject({ label: 'Online' });
    const ledger = await paymentEventModel.findById(`${org.organizationId}:${event.id}`).lean();
    expect(ledger).toMatchObject({ outcome: 'processed', deliveries: 2, attempts: 1, kind: 'link' });
    expect(JSON.stringify(ledger)).not.toContain('100000');
    // In the log as what the system did, under the bill.
    const entry = await auditEventModel(ctx)
      .findOne({ action: 'payment-link.follow', target: `bill:${id}` })
      .lean();
    expect(entry).toMatchObject({ result: 'ok', actor: { kind: 'system', name: 'Online payments' } });
    expect(await auditNoteModel(ctx).countDocuments({})).toBe(0);
  });

  it('is found without any event: when somebody looks, and by regular work', async () => {
    const looked = await bill();
    const link = await makeLink(cashier, { billId: looked.id });
    await pay(link.id);
    expect(await lookAgain(cashier, { linkId: link.id })).toMatchObject({
      state: 'paid',
      paidMinor: 100_000,
    });
    expect(await due(looked.id)).toBe(0);
    const left = await bill();
    const second = await makeLink(cashier, { billId: left.id });
    await pay(second.id);
    await lookAtAll();
    expect(await due(left.id)).toBe(0);
  });

  it('is found however many wait before it', async () => {
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    await pay(link.id);
    const { _id: _, providerId: __, url: ___, ...facts } = await row(link.id);
    const before = Array.from({ length: 100 }, (____, index) => ({
      ...{ ...facts, _id: objectId(index.toString(16).padStart(24, '0')), billId: newObjectId() },
      ...{ state: 'unclear', problem: 'To be looked at' },
    }));
    await paymentLinkModel(ctx).collection.insertMany(before);
    await lookAtAll();
    expect(await due(id)).toBe(0);
    await paymentLinkModel(ctx).deleteMany({ problem: 'To be looked at' });
  });

  it('is the patient’s advance where the bill was settled at the counter', async () => {
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    await aPayment(cashier, { billId: id, cash: '700' });
    await pay(link.id);
    await followLink(ctx, objectId(link.id));
    expect(await due(id)).toBe(0);
    expect(await listAdvances(ctx, patientId)).toMatchObject([
      { amountMinor: 70_000, leftMinor: 70_000, tenders: [{ method: 'online' }], shiftId: null },
    ]);
    expect(await row(link.id)).toMatchObject({ state: 'paid', paidMinor: 100_000, overMinor: 70_000 });
    expect(await held(id)).toBe(170_000);
  });

  it.each([1, 2, 3])(
    'adds up when it is told five times at once while the counter takes money (%i)',
    async () => {
      const { id } = await bill();
      const link = await makeLink(cashier, { billId: id });
      await pay(link.id);
      const [event] = await account.events('checkout.session.completed');
      if (!event) throw new Error('Stripe has told nothing');
      const linkId = objectId(link.id);
      const counter = () => aPayment(cashier, { billId: id, cash: '600' }).then(() => 60_000);
      const [taken] = await Promise.allSettled([
        counter(),
        ...Array.from({ length: 5 }, async () => {
          await account.tell(event);
          await account.work();
          await followLink(ctx, linkId, { isTold: true });
        }),
      ]);
      const cash = taken?.status === 'fulfilled' ? taken.value : 0;
      expect(await held(id)).toBe(100_000 + cash);
      expect(await due(id)).toBe(0);
      expect(
        await receiptModel(ctx).countDocuments({
          'tenders.method': 'online',
          patientId: objectId(patientId),
        }),
      ).toBe(cash > 0 ? 2 : 1);
      const advances = await listAdvances(ctx, patientId);
      expect(advances.reduce((sum, { leftMinor }) => sum + (leftMinor ?? 0), 0)).toBe(cash);
      const numbers = (await receiptModel(ctx).find({ kind: 'payment' }).select('number').lean()).map(
        ({ number }) => Number(number.split('/').at(-1)),
      );
      expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
    },
  );

  it('comes through when the process died between the answer and the writing', async () => {
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    await pay(link.id);
    const database = org.db;
    const transaction = database.transaction;
    // The answer is there; then the process is gone.
    database.transaction = () => Promise.reject(new Error('killed'));
    await expect(followLink(ctx, objectId(link.id))).rejects.toThrow('killed');
    database.transaction = transaction;
    expect(await due(id)).toBe(100_000);
    await lookAtAll();
    await lookAtAll();
    expect(await due(id)).toBe(0);
    expect(await listReceiptsOfBill(ctx, id)).toHaveLength(1);
  });

  it('waits for the next day where today is closed', async () => {
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    await pay(link.id);
    const day = today(ctx.timeZone);
    await moneyDayModel(ctx).updateOne({ _id: day }, { $set: { isClosed: true } });
    expect(await lookAgain(cashier, { linkId: link.id })).toMatchObject({
      ...{ state: 'processing', problem: expect.stringContaining('tomorrow') },
    });
    expect(await due(id)).toBe(100_000);
    await moneyDayModel(ctx).updateOne({ _id: day }, { $set: { isClosed: false } });
    expect(await lookAgain(cashier, { linkId: link.id })).toMatchObject({ state: 'paid', problem: null });
    expect(await due(id)).toBe(0);
  });

  it('is looked at by a person where it is not what was asked for', async () => {
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    await paymentLinkModel(ctx).collection.updateOne(
      { _id: objectId(link.id) },
      { $set: { amountMinor: 90_000 } },
    );
    await pay(link.id);
    expect(await lookAgain(cashier, { linkId: link.id })).toMatchObject({ state: 'unclear' });
    expect(await due(id)).toBe(100_000);
    await expect(makeLink(cashier, { billId: id })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('an event', () => {
  it('counts with the secret of its own hospital only', async () => {
    const theirs = await anOnlineAccount(other.ctx(), stripe);
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    await pay(link.id);
    const [event] = await account.events('checkout.session.completed');
    if (!event) throw new Error('Stripe has told nothing');
    expect(await theirs.tell(event, { at: account.address })).toBe('bad-signature');
    expect(await account.tell(event, { at: `${account.address.slice(0, -1)}_` })).toBe('no-address');
    expect(await account.tell(event, { secret: 'whsec_guessed_by_somebody' })).toBe('bad-signature');
    expect(await due(id)).toBe(100_000);
    // At the address of another hospital, rightly signed there, it names nothing that is there.
    expect(await theirs.tell(event)).toBe('received');
    await theirs.work();
    expect(await due(id)).toBe(100_000);
    expect(await receiptModel(other.ctx()).countDocuments({})).toBe(0);
    const [known] = await paymentEventModel.find({ organizationId: other.organizationId }).lean();
    expect(known).toMatchObject({ outcome: 'ignored' });
  });

  it('of another kind is kept and changes nothing', async () => {
    const { id } = await bill();
    await pay((await makeLink(cashier, { billId: id })).id);
    const [event] = await account.events('charge.succeeded');
    if (!event) throw new Error('Stripe has told nothing');
    expect(await account.tell(event)).toBe('received');
    expect(await paymentEventModel.findById(`${org.organizationId}:${event.id}`).lean()).toMatchObject({
      outcome: 'ignored',
    });
  });
});

describe('what goes back', () => {
  const paidOnline = async (quantity = 1) => {
    const { id } = await bill(quantity);
    const link = await makeLink(cashier, { billId: id });
    await pay(link.id);
    await followLink(ctx, objectId(link.id));
    return { id, paymentId: (await row(link.id)).paymentId ?? '' };
  };
  const refundsAt = async (payment_intent: string) =>
    (await account.stripe.refunds.list({ payment_intent })).data.map(({ amount, status }) => [
      amount,
      status,
    ]);

  it('goes back by the provider, once, within what is left, and without a drawer', async () => {
    const { id, paymentId } = await paidOnline(2);
    const drawers = await shiftModel(ctx).find({}).select('totals receipts').lean();
    const { refund } = await credit(id, 1);
    expect(refund).toMatchObject({ moneyMinor: -100_000, shiftId: null, tenders: [{ method: 'online' }] });
    const [asked] = await listOpenRefunds(ctx);
    expect(asked).toMatchObject({ receiptNumber: refund?.number, amountMinor: 100_000, state: 'asked' });
    const refundId = objectId(asked?.id ?? '');
    await Promise.all([1, 2, 3].map(() => followRefund(ctx, refundId)));
    await lookAtAll();
    expect(await refundsAt(paymentId)).toEqual([[100_000, 'succeeded']]);
    expect(await listOpenRefunds(ctx)).toEqual([]);
    expect(await shiftModel(ctx).find({}).select('totals receipts').lean()).toEqual(drawers);
    await credit(id, 1);
    await lookAtAll();
    expect((await refundsAt(paymentId)).map(([amount]) => amount)).toEqual([100_000, 100_000]);
    await expect(credit(id, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is asked for once though the answer was lost', async () => {
    const { id, paymentId } = await paidOnline();
    await credit(id, 1);
    const trouble = { path: '/v1/refunds', method: 'POST', status: 500, when: 'after', count: 3 };
    await account.control('faults', trouble);
    await lookAtAll();
    await lookAtAll();
    expect(await refundsAt(paymentId)).toEqual([[100_000, 'succeeded']]);
  });

  it('that fails later is on the list again, with the reason, until it is asked for once more', async () => {
    const { id, paymentId } = await paidOnline();
    const { refund } = await credit(id, 1);
    await lookAtAll();
    const [made] = (await account.stripe.refunds.list({ payment_intent: paymentId })).data;
    await account.control(`refunds/${made?.id}/fail`);
    const [event] = await account.events('refund.failed');
    if (!event) throw new Error('Stripe has told nothing');
    await account.tell(event);
    await account.work();
    const [failed] = await listOpenRefunds(ctx);
    expect(failed).toMatchObject({
      ...{ receiptNumber: refund?.number, state: 'failed', why: expect.stringContaining('card') },
    });
    await lookAtAll();
    expect((await refundsAt(paymentId)).map(([, status]) => status)).toEqual(['failed']);
    await askRefundAgain(cashier, { refundId: failed?.id ?? '' });
    await expect(askRefundAgain(cashier, { refundId: failed?.id ?? '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await lookAtAll();
    expect((await refundsAt(paymentId)).map(([, status]) => status).sort()).toEqual(['failed', 'succeeded']);
    expect(await onlineRefundModel(ctx).findById(failed?.id).lean()).toMatchObject({
      state: 'done',
      attempt: 2,
    });
  });

  it('of what was paid too much goes back the same way', async () => {
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    await aPayment(cashier, { billId: id, cash: '1000' });
    await pay(link.id);
    await followLink(ctx, objectId(link.id));
    const [advance] = await listAdvances(ctx, patientId);
    const back = { receiptId: advance?.id, requestKey: randomUUID(), amount: '1000', reason: 'Paid twice' };
    await refundAdvance(cashier, refundAdvanceInput.parse(back));
    await lookAtAll();
    expect(await refundsAt((await row(link.id)).paymentId ?? '')).toEqual([[100_000, 'succeeded']]);
    expect(await held(id)).toBe(100_000);
  });
});

describe('the lists', () => {
  it('are read by their indexes', async () => {
    expectIndexed(await findOpenLinks(ctx).explain('executionStats'));
    expectIndexed(await findOpenRefunds(ctx).explain('executionStats'));
    expectIndexed(await findAllOpenLinks(ctx).explain('executionStats'));
    expectIndexed(await findAskedRefunds(ctx).explain('executionStats'));
    expectIndexed(await findLinksOfBill(ctx, newObjectId().toString()).explain('executionStats'));
  });
});

describe('the account taken off', () => {
  it('ends its links at Stripe and takes its endpoint away; receipts stay', async () => {
    await paymentLinkModel(ctx).updateMany(
      { state: 'unclear' },
      { $set: { state: 'ended' }, $unset: { isOpen: '' } },
    );
    const { id } = await bill();
    const link = await makeLink(cashier, { billId: id });
    await removeAccount(ctx);
    expect(await row(link.id)).toMatchObject({ state: 'ended', endReason: 'account' });
    expect((await account.stripe.checkout.sessions.retrieve(await pageOf(link.id))).status).toBe('expired');
    expect((await account.stripe.webhookEndpoints.list()).data).toEqual([]);
    expect(await findOnlineAccount(ctx)).toBeNull();
    await expect(makeLink(cashier, { billId: id })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await receiptModel(ctx).countDocuments({ 'tenders.method': 'online' })).toBeGreaterThan(0);
    // The counter goes on.
    await aPayment(cashier, { billId: id, cash: '1000' });
    expect(await due(id)).toBe(0);
  });
});
