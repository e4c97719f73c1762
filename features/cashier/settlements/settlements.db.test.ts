import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBill, aPayment, aService, aShift } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aCoverage, aPayer, aSettlement, theClaim } from '@/tests/builders/payer';
import { billModel } from '../bills/model';
import { printBill } from '../bills/paper';
import { duesOfPatient, getBill } from '../bills/queries';
import { assignShareInput, creditBillInput } from '../bills/schema';
import { assignShare } from '../bills/service';
import { claimModel } from '../claims/model';
import { offerPayers } from '../claims/offer';
import { openOf } from '../claims/policy';
import {
  getClaim,
  listClaims,
  listClaimsOfBill,
  listOpenClaims,
  outstandingByPayer,
} from '../claims/queries';
import { claimListQuery, requestAuthorizationInput, updateClaimInput } from '../claims/schema';
import { requestAuthorization, updateClaim } from '../claims/service';
import { findCoverages } from '../coverages/queries';
import { findPayers } from '../payers/queries';
import { savePayerInput } from '../payers/schema';
import { savePayer, setPayerActive } from '../payers/service';
import { creditBill } from '../payments/service';
import { listPriced } from '../price-list/queries';
import { setPriceInput } from '../price-list/schema';
import { endPrice, setPrice } from '../price-list/service';
import { settlementModel } from './model';
import { printClaim } from './paper';
import { printPayerStatement } from './payer-paper';
import { findSettlements } from './queries';
import { reverseSettlement } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let cashier: ReturnType<typeof org.ctx>;
let service: Awaited<ReturnType<typeof aService>>;
let insurer: Awaited<ReturnType<typeof aPayer>>;
let patientId = '';
let patients: string[] = [];

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  ctx = org.ctx();
  cashier = org.ctx('cashier');
  patientId = (await aPatient(ctx)).id;
  service = await aService(ctx, { price: '1000' });
  insurer = await aPayer(ctx, { name: 'Star Health', tds: '10', creditDays: '30' });
  await aShift(cashier);
  patients = [(await aPatient(ctx)).id, (await aPatient(ctx)).id, (await aPatient(ctx)).id];
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const billed = (more: Record<string, unknown> = {}) =>
  aBill(cashier, { patientId, lines: [{ service }], payerChoice: `payer:${insurer.id}`, ...more });
const claimOf = async (billId: string) => {
  const [claim] = await listClaimsOfBill(ctx, billId);
  if (!claim) throw new Error('there is no claim');
  return claim;
};
const settled = (parts: Parameters<typeof aSettlement>[1]['parts'], amount: string, more = {}) =>
  aSettlement(cashier, { payerId: insurer.id, amount, parts, ...more });
const credit = (billId: string, quantity = 1) =>
  creditBill(
    cashier,
    creditBillInput.parse({
      ...{ billId, requestKey: randomUUID(), lines: JSON.stringify([{ line: 0, quantity }]) },
      reason: 'Not done',
    }),
  );

/** Everything that is stored twice, computed again from the rows. */
async function expectBalanced(): Promise<void> {
  const [bills, claims, settlements] = await Promise.all([
    billModel(ctx).find({ kind: 'bill' }).lean(),
    claimModel(ctx).find({}).lean(),
    settlementModel(ctx).find({}).lean(),
  ]);
  const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);
  for (const claim of claims) {
    const parts = settlements.flatMap((one) => one.parts.filter((part) => part.claimId.equals(claim._id)));
    // Claimed is what was received, withheld, written off, given back and what is open.
    expect(claim.openMinor).toBe(openOf(claim));
    expect(claim.isOpen).toBe(claim.openMinor > 0);
    expect(claim.receivedMinor).toBe(sum(parts.map(({ receivedMinor }) => receivedMinor)));
    expect(claim.tdsMinor).toBe(sum(parts.map(({ tdsMinor }) => tdsMinor)));
    expect(claim.returnedMinor).toBe(
      sum(parts.filter(({ bearer }) => bearer === 'patient').map(({ cutMinor }) => cutMinor)),
    );
  }
  for (const bill of bills) {
    const own = claims.filter(({ billId }) => billId?.equals(bill._id));
    expect(bill.payerDueMinor ?? 0).toBe(sum(own.map(({ openMinor }) => openMinor)));
    expect(bill.payerMinor ?? 0).toBe(
      sum(own.map(({ claimedMinor, returnedMinor }) => claimedMinor - returnedMinor)),
    );
    expect(bill.dueMinor).toBe(
      bill.totalMinor - bill.creditedMinor - bill.paidMinor - (bill.payerMinor ?? 0),
    );
    expect(bill.isDue).toBe(bill.dueMinor > 0);
  }
  for (const one of settlements)
    expect(one.amountMinor).toBe(sum(one.parts.map(({ receivedMinor }) => receivedMinor)));
}

describe('a payer', () => {
  it('is one of a name, is ended and offered again, and is not taken while it is ended', async () => {
    const payer = await aPayer(ctx, { name: 'Eye Trust', kind: 'charity' });
    await expect(aPayer(ctx, { name: ' eye  TRUST ' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await setPayerActive(ctx, payer.id, false);
    await expect(billed({ payerChoice: `payer:${payer.id}` })).rejects.toMatchObject({
      message: expect.stringContaining('no longer pays'),
    });
    expect((await setPayerActive(ctx, payer.id, true)).isActive).toBe(true);
    const stale = { payerId: payer.id, kind: 'charity', name: 'Eye Trust', version: 'v'.repeat(22) };
    await expect(savePayer(ctx, savePayerInput.parse(stale))).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('has its own price from a day on, and everybody’s where it has none', async () => {
    const payer = await aPayer(ctx);
    const own = { serviceId: service.id, price: '800', from: today(ctx.timeZone), payerId: payer.id };
    await setPrice(ctx, setPriceInput.parse(own));
    const cheap = { ...service, price: service.price && { ...service.price, amountMinor: 80_000 } };
    const bill = await billed({ payerChoice: `payer:${payer.id}`, lines: [{ service: cheap }] });
    expect(bill.totalMinor).toBe(80_000);
    expect((await billed()).totalMinor).toBe(100_000);
    await expect(billed({ payerChoice: `payer:${payer.id}` })).rejects.toMatchObject({
      message: expect.stringContaining('₹800.00'),
    });
  });
});

describe('the share of a payer', () => {
  it('is said when the bill is issued: the patient owes the rest, and no more can be taken', async () => {
    const policy = { limit: '700', coPay: '10' };
    const coverage = await aCoverage(ctx, { patientId, payerId: insurer.id, ...policy });
    const bill = await billed({ payerChoice: `coverage:${coverage.id}` });
    expect(bill).toMatchObject({ payerMinor: 63_000, payerDueMinor: 63_000, dueMinor: 37_000, state: 'due' });
    await expect(aPayment(cashier, { billId: bill.id, cash: '370.01' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await aPayment(cashier, { billId: bill.id, cash: '370' });
    expect((await getBill(ctx, bill.id)).state).toBe('with-payer');
    const claim = await claimOf(bill.id);
    expect(claim).toMatchObject({ status: 'draft', turn: 'ours', openMinor: 63_000 });
    expect(claim.dueDay).toBe(shiftDay(today(ctx.timeZone), 30));
    const paper = readPdf(Buffer.from((await printBill(ctx, bill.id, 'a4', () => null)).content));
    expect(paper.text.join(' ')).toMatch(/Share of Star Health.*630\.00.*Share of the patient.*370\.00/s);
    await expectBalanced();
  });

  it('is taken off a bill that was issued before, and never more than is due', async () => {
    const bill = await aBill(cashier, { patientId, lines: [{ service }] });
    const share = { billId: bill.id, payerChoice: `payer:${insurer.id}`, shareKind: 'amount' };
    const wanted = (shareAmount: string) => assignShareInput.parse({ ...share, shareAmount });
    await expect(assignShare(cashier, wanted('1000.01'))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const results = await Promise.allSettled(
      [wanted('600'), wanted('600')].map((one) => assignShare(cashier, one)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await getBill(ctx, bill.id)).toMatchObject({ payerMinor: 60_000, dueMinor: 40_000 });
    await expectBalanced();
  });

  it('that the hospital bears itself is waved off at once, by who may give that much', async () => {
    const fund = await aPayer(ctx, { name: 'Free care', kind: 'charity', isOwnFund: 'on' });
    const choice = { payerChoice: `payer:${fund.id}` };
    await expect(billed(choice)).rejects.toMatchObject({ field: 'approverId' });
    const bill = await aBill(ctx, { patientId, lines: [{ service }], ...choice });
    expect(bill).toMatchObject({ totalMinor: 100_000, dueMinor: 0, payerDueMinor: 0, state: 'paid' });
    expect(await claimOf(bill.id)).toMatchObject({ writtenOffMinor: 100_000, status: 'settled' });
    const due = await aBill(cashier, { patientId, lines: [{ service }] });
    const later = assignShareInput.parse({ billId: due.id, ...choice });
    await expect(assignShare(cashier, later)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expectBalanced();
  });

  it('of a government scheme leaves no room for a discount', async () => {
    const scheme = await aPayer(ctx, { kind: 'scheme' });
    const discount = { discountKind: 'rate', discountRate: '5', discountReason: 'senior' };
    await expect(billed({ payerChoice: `payer:${scheme.id}`, ...discount })).rejects.toMatchObject({
      field: 'discountKind',
    });
    expect((await billed({ payerChoice: `payer:${scheme.id}` })).payerMinor).toBe(100_000);
  });

  it('falls with what is taken back, each bearing its part, to the last paisa', async () => {
    const bill = await aBill(cashier, {
      ...{ patientId, lines: [{ service, quantity: 3 }], payerChoice: `payer:${insurer.id}` },
      ...{ shareKind: 'amount', shareAmount: '1000.01' },
    });
    await aPayment(cashier, { billId: bill.id, cash: '1999.99' });
    const first = await credit(bill.id, 1);
    expect(first.refund?.amountMinor).toBe(-66_666);
    expect((await getBill(ctx, bill.id)).payerMinor).toBe(66_667);
    await expectBalanced();
    const last = await credit(bill.id, 2);
    expect(last.refund?.amountMinor).toBe(-133_333);
    expect(await getBill(ctx, bill.id)).toMatchObject({ payerMinor: 0, paidMinor: 0, state: 'credited' });
    expect((await claimOf(bill.id)).status).toBe('settled');
    await expectBalanced();
  });

  it('for which the patient is paid back leaves the bill with the patient and follows the papers', async () => {
    const bill = await aBill(cashier, { patientId, lines: [{ service }] });
    const input = { billId: bill.id, payerChoice: `payer:${insurer.id}`, mode: 'reimbursement' };
    await assignShare(cashier, assignShareInput.parse(input));
    expect(await getBill(ctx, bill.id)).toMatchObject({ dueMinor: 100_000, payerMinor: 0 });
    const claim = await claimOf(bill.id);
    expect(claim).toMatchObject({ mode: 'reimbursement', turn: 'ours', openMinor: 0, askedMinor: 100_000 });
    const given = updateClaimInput.parse({ claimId: claim.id, version: '0', step: 'send' });
    expect((await updateClaim(cashier, given)).turn).toBe('closed');
    await expect(assignShare(cashier, assignShareInput.parse(input))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expectBalanced();
  });
});

describe('a cashless case', () => {
  it('is asked for, queried, answered, approved, enhanced, billed, claimed and settled with tax and a cut', async () => {
    const patient = (await aPatient(ctx)).id;
    const coverage = await aCoverage(ctx, { patientId: patient, payerId: insurer.id, memberId: 'M 7' });
    const asked = {
      patientId: patient,
      coverageId: coverage.id,
      amount: '700',
      procedure: 'Phaco, right eye',
    };
    let claim = await requestAuthorization(cashier, requestAuthorizationInput.parse(asked));
    const step = async (more: Record<string, string>) => {
      const input = updateClaimInput.parse({ claimId: claim.id, version: String(claim.version), ...more });
      claim = await updateClaim(cashier, input);
    };
    await step({ step: 'send', reference: 'AL 99' });
    const stale = updateClaimInput.parse({ claimId: claim.id, version: '0', step: 'query', note: 'Report?' });
    await expect(updateClaim(cashier, stale)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(step({ step: 'query' })).rejects.toMatchObject({ field: 'note' });
    await step({ step: 'query', note: 'Which lens?' });
    await step({ step: 'answer', note: 'Foldable' });
    await step({ step: 'approve', amount: '700', until: shiftDay(today(ctx.timeZone), 10) });
    await step({ step: 'enhance', amount: '900', note: 'Longer surgery' });
    await expect(
      aBill(cashier, { patientId: patient, lines: [{ service }], payerChoice: `claim:${claim.id}` }),
    ).rejects.toMatchObject({ message: expect.stringContaining('not approved') });
    await step({ step: 'approve', amount: '850' });
    const offered = await offerPayers(ctx, {
      ...{ patientId: patient, day: today(ctx.timeZone), currency: { code: 'INR', locale: 'en-IN' } },
    });
    expect(offered[0]).toMatchObject({ value: `claim:${claim.id}`, limitMinor: 85_000 });
    const choice = { patientId: patient, lines: [{ service }], payerChoice: `claim:${claim.id}` };
    const bill = await aBill(cashier, choice);
    expect(bill).toMatchObject({ payerMinor: 85_000, dueMinor: 15_000 });
    // One approval pays one bill.
    await expect(aBill(cashier, choice)).rejects.toMatchObject({
      message: expect.stringContaining('another bill'),
    });
    claim = await getClaim(ctx, claim.id);
    expect(claim).toMatchObject({ stage: 'claim', status: 'draft', claimedMinor: 85_000, memberId: 'M 7' });
    await step({ step: 'send', reference: 'CL 1' });
    await step({ step: 'approve', amount: '800' });
    await settled(
      [{ claimId: claim.id, received: '720', tds: '80', cut: '50', reason: 'tariff', bearer: 'hospital' }],
      '720',
    );
    claim = await getClaim(ctx, claim.id);
    expect(claim).toMatchObject({ status: 'settled', turn: 'closed', openMinor: 0, writtenOffMinor: 5_000 });
    expect(claim.history.map(({ what }) => what).at(-1)).toMatch(/^Settled by S\//);
    const paper = readPdf(Buffer.from((await printClaim(ctx, claim.id)).content));
    for (const words of ['To Star Health', bill.number, 'M 7', 'AL 99', 'CL 1', '850.00', 'Enclosed'])
      expect(paper.text.join(' ')).toContain(words);
    await expectBalanced();
  });
});

describe('a transfer', () => {
  it('settles several claims, adds up to the paisa, and is entered once', async () => {
    const claims = [];
    for (const _ of [1, 2, 3]) claims.push(await claimOf((await billed()).id));
    const parts = claims.map(({ id }) => ({ claimId: id, received: '333.33', tds: '37.04' }));
    await expect(settled(parts, '1000')).rejects.toMatchObject({
      ...{ field: 'amount', message: expect.stringContaining('₹0.01') },
    });
    const one = await settled(parts, '999.99', { reference: 'UTR 777 001' });
    expect(one).toMatchObject({ amountMinor: 99_999, tdsMinor: 11_112, reference: 'UTR777001' });
    await expect(settled(parts, '999.99', { reference: 'utr777001' })).rejects.toMatchObject({
      field: 'reference',
    });
    await expect(
      settled([{ claimId: claims[0]?.id ?? '', received: '1' }], '1', { reference: '' }),
    ).rejects.toMatchObject({ field: 'reference' });
    for (const { id } of claims) expect((await getClaim(ctx, id)).openMinor).toBe(100_000 - 33_333 - 3_704);
    await expectBalanced();
  });

  it('of two at once on one claim enters no more than is open', async () => {
    const claim = await claimOf((await billed()).id);
    const both = ['UTRTWICE1', 'UTRTWICE2'].map((reference) =>
      settled([{ claimId: claim.id, received: '700' }], '700', { reference }),
    );
    const results = await Promise.allSettled(both);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expectBalanced();
  });

  it('with a cut that the patient bears makes it due again, and is reversed while it is', async () => {
    const bill = await billed();
    const claim = await claimOf(bill.id);
    const before = await duesOfPatient(ctx, patientId);
    const cut = { claimId: claim.id, received: '900', cut: '100', reason: 'non-payable', bearer: 'patient' };
    const one = await settled([cut], '900');
    expect(await getBill(ctx, bill.id)).toMatchObject({ dueMinor: 10_000, payerDueMinor: 0, state: 'due' });
    expect((await duesOfPatient(ctx, patientId)) - before).toBe(10_000);
    // What the payer has settled is no longer taken back from it.
    await expect(credit(bill.id)).rejects.toMatchObject({ message: expect.stringContaining('Reverse') });
    const back = await reverseSettlement(cashier, { settlementId: one.id, reason: 'Another hospital’s' });
    expect(back).toMatchObject({ amountMinor: -90_000, cutMinor: -10_000, ofNumber: one.number });
    expect(await getBill(ctx, bill.id)).toMatchObject({ dueMinor: 0, payerDueMinor: 100_000 });
    expect(await getClaim(ctx, claim.id)).toMatchObject({ status: 'sent', openMinor: 100_000 });
    await expect(
      reverseSettlement(cashier, { settlementId: one.id, reason: 'Once more' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(
      reverseSettlement(cashier, { settlementId: back.id, reason: 'Once more' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await expectBalanced();
  });

  it('is not reversed once the patient has paid what was cut, and leaves nothing half done', async () => {
    const bill = await billed();
    const claim = await claimOf(bill.id);
    const cut = { claimId: claim.id, received: '900', cut: '100', reason: 'limit', bearer: 'patient' };
    const one = await settled([cut], '900');
    await aPayment(cashier, { billId: bill.id, cash: '100' });
    await expect(reverseSettlement(cashier, { settlementId: one.id, reason: 'Wrong' })).rejects.toMatchObject(
      { message: expect.stringContaining('has paid what was cut') },
    );
    expect(await getClaim(ctx, claim.id)).toMatchObject({ status: 'settled', openMinor: 0 });
    await expectBalanced();
  });

  it('names only claims of its payer', async () => {
    const other = await aPayer(ctx);
    const claim = await claimOf((await billed()).id);
    const foreign = { payerId: other.id, amount: '1', parts: [{ claimId: claim.id, received: '1' }] };
    await expect(aSettlement(cashier, foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('whatever happens in any order', () => {
  it('patient, payer and bill stay in balance, and refusals leave nothing', async () => {
    const shareable = await Promise.all(
      [1, 2, 3].map((quantity) =>
        aBill(cashier, { patientId: patients[quantity - 1] ?? '', lines: [{ service, quantity }] }),
      ),
    );
    // The same walk each time: a linear congruential generator, so that a failure is found again.
    let seed = 20_261_130;
    const next = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const rupees = (below: number) => ((next(below * 100) + 1) / 100).toFixed(2);
    const steps: ((billId: string) => Promise<unknown>)[] = [
      (billId) => {
        const share = { billId, payerChoice: `payer:${insurer.id}`, shareKind: 'amount' };
        return assignShare(cashier, assignShareInput.parse({ ...share, shareAmount: rupees(900) }));
      },
      (billId) => aPayment(cashier, { billId, cash: rupees(700) }),
      (billId) => credit(billId),
      async (billId) => {
        const { id } = await claimOf(billId);
        const [received, cut] = [rupees(400), rupees(50)];
        const bearer = next(2) === 0 ? 'patient' : 'hospital';
        return settled([{ claimId: id, received, cut, bearer, reason: 'tariff' }], received);
      },
      async () => {
        const last = await settlementModel(ctx)
          .findOne({ isReversed: false, amountMinor: op({ $gt: 0 }) })
          .sort({ at: -1 })
          .orFail()
          .lean();
        return reverseSettlement(cashier, { settlementId: String(last._id), reason: 'Walked back' });
      },
    ];
    let done = 0;
    for (let turn = 0; turn < 60; turn++) {
      const bill = shareable[next(shareable.length)];
      const step = steps[next(steps.length)];
      if (!bill || !step) throw new Error('there is none');
      await step(bill.id).then(
        () => done++,
        (error: unknown) => {
          // Refused in a sentence, never broken; `claimOf` says so where no payer has a share yet.
          if (!isAppError(error) && !/no claim/.test(String(error))) throw error;
        },
      );
      if (turn % 10 === 9) await expectBalanced();
    }
    expect(done).toBeGreaterThan(15);
  }, 120_000);
});

describe('what payers owe', () => {
  it('by age is the sum of the open claims', async () => {
    const rows = await claimModel(ctx).find({ isOpen: true }).lean();
    const open = rows.reduce((sum, { openMinor }) => sum + openMinor, 0);
    const old = await claimOf((await billed()).id);
    const day = shiftDay(today(ctx.timeZone), -45);
    await claimModel(ctx).updateOne({ _id: objectId(old.id) }, { $set: { day } });
    const found = await outstandingByPayer(ctx, today(ctx.timeZone));
    expect(found.reduce((sum, { openMinor }) => sum + openMinor, 0)).toBe(open + 100_000);
    for (const { ages, openMinor } of found)
      expect(Object.values(ages).reduce((sum, one) => sum + one, 0)).toBe(openMinor);
    expect(found.find(({ payerId }) => payerId === insurer.id)?.ages.to60).toBe(100_000);
    expect((await theClaim(ctx, insurer.id)).id).toBe(old.id);
    const letter = readPdf(Buffer.from((await printPayerStatement(ctx, insurer.id)).content)).text.join(' ');
    for (const words of ['To Star Health', old.number, old.billNumber ?? 'none', 'to be paid'])
      expect(letter).toContain(words);
  });

  it('is listed by an index in its order', async () => {
    const payerId = objectId(insurer.id);
    const claims = claimModel(ctx);
    const queries = [
      findPayers(ctx, true),
      findCoverages(ctx, patientId),
      findSettlements(ctx, insurer.id),
      claims.find({ turn: 'ours' }).sort({ at: 1, _id: 1 }).limit(5),
      claims.find({ turn: 'ours', payerId }).sort({ at: 1, _id: 1 }).limit(5),
      claims.find({ isOpen: true, payerId }).sort({ at: 1, _id: 1 }).limit(5),
      claims
        .find({ patientId: objectId(patientId) })
        .sort({ at: -1, _id: -1 })
        .limit(5),
      settlementModel(ctx)
        .find({ day: op({ $gte: shiftDay(today(ctx.timeZone), -40), $lte: today(ctx.timeZone) }) })
        .sort({ day: 1, at: 1, _id: 1 })
        .limit(5),
    ];
    for (const query of queries) expectIndexed(await query.explain('executionStats'));
    const page = await listClaims(ctx, claimListQuery.parse({ show: 'ours', payer: insurer.id }));
    expect(page.claims.every((one) => one.turn === 'ours' && one.payerId === insurer.id)).toBe(true);
    expect(page.claims.length).toBeGreaterThan(3);
    expect((await listOpenClaims(ctx, insurer.id)).every(({ openMinor }) => openMinor > 0)).toBe(true);
  });
});

describe('a line that its payer does not pay for', () => {
  it('is the share of the patient, also when services are taken back', async () => {
    const extra = await aService(ctx, { price: '300', name: 'Attendant meal' });
    const bill = await billed({ lines: [{ service }, { service: extra, isNotPayable: true }] });
    expect(bill).toMatchObject({ totalMinor: 130_000, payerMinor: 100_000, dueMinor: 30_000 });
    expect(bill.lines.map(({ isNotPayable }) => isNotPayable)).toEqual([false, true]);
    const taken = { billId: bill.id, requestKey: randomUUID(), reason: 'Not had' };
    await creditBill(
      cashier,
      creditBillInput.parse({ ...taken, lines: JSON.stringify([{ line: 1, quantity: 1 }]) }),
    );
    expect(await getBill(ctx, bill.id)).toMatchObject({ payerMinor: 100_000, dueMinor: 0 });
    await credit(bill.id);
    expect(await getBill(ctx, bill.id)).toMatchObject({ payerMinor: 0, dueMinor: 0, state: 'credited' });
    await expectBalanced();
  });

  it('counts with what is not covered and the co-payment, to the last paisa', async () => {
    const extra = await aService(ctx, { price: '333.33', name: 'Not covered' });
    const bill = await billed({
      lines: [{ service }, { service: extra, isNotPayable: true }],
      ...{ shareKind: 'rate', shareRate: '80', notCovered: '100' },
    });
    // 80 % of 1,000 less 100; the rounding to 1,333 is the patient's.
    expect(bill).toMatchObject({ totalMinor: 133_300, payerMinor: 72_000, dueMinor: 61_300 });
    await expectBalanced();
  });

  it('alone leaves nothing for the payer, and without a payer says nothing', async () => {
    await expect(billed({ lines: [{ service, isNotPayable: true }] })).rejects.toMatchObject({
      field: 'payerChoice',
    });
    const own = await billed({ lines: [{ service, isNotPayable: true }], payerChoice: '' });
    expect(own.lines[0]?.isNotPayable).toBe(false);
  });
});

describe("a payer's own price", () => {
  it('ends on a day, from which everybody’s counts; the day before it is still theirs', async () => {
    const own = await aService(ctx, { price: '900' });
    const day = today(ctx.timeZone);
    const of = { serviceId: own.id, payerId: insurer.id };
    await setPrice(ctx, setPriceInput.parse({ ...of, price: '700', from: day }));
    const priceOn = async (on: string) =>
      (await listPriced(ctx, on, { payer: insurer.id })).find(({ id }) => id === own.id)?.price?.amountMinor;
    await expect(endPrice(ctx, { ...of, from: shiftDay(day, -1) })).rejects.toMatchObject({ field: 'from' });
    await endPrice(ctx, { ...of, from: shiftDay(day, 5) });
    expect(await Promise.all([day, shiftDay(day, 4), shiftDay(day, 5)].map(priceOn))).toEqual([
      ...[70_000, 70_000, 90_000],
    ]);
    // Sooner still; then there is none left to end.
    await endPrice(ctx, { ...of, from: day });
    expect(await priceOn(day)).toBe(90_000);
    await expect(endPrice(ctx, { ...of, from: day })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(endPrice(ctx, { ...of, payerId: 'a'.repeat(24), from: day })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
