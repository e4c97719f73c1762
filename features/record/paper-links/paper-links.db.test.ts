import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signLetterInput } from '@/features/record/letters/schema';
import { signLetter } from '@/features/record/letters/service/sign-letter';
import { voidLetter } from '@/features/record/letters/service/void-letter';
import { auditEventModel } from '@/lib/audit/ledger';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { isSealed } from '@/lib/crypto/field-cipher';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aRegistration } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { paperLinkModel } from './model';
import { LINK_DAYS, MOST_TRIES } from './policy';
import { findPaperLinks, isPaperToken, listPaperLinks } from './queries';
import { openPaper } from './service/open-paper';
import { revokePaperLink } from './service/revoke-link';
import { sendPaper } from './service/send-paper';

const received: ParsedMail[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, _session, done) => {
    void simpleParser(stream).then((mail) => {
      received.push(mail);
      done(mail.to && 'text' in mail.to && mail.to.text.includes('refused') ? new Error('No') : null);
    });
  },
});
let a: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  process.env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  a = await testOrganization({ name: 'Sri Netralaya' });
  doctor = a.ctx('doctor');
  await aRegistration(doctor, 'TN 12345');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
  server.close();
});
beforeEach(() => {
  received.length = 0;
});

const visitor = { requestId: 'test', ip: '203.0.113.7', userAgent: 'phone' };
const open = (token: string, birthYear: number, now?: Date) => openPaper({ token, birthYear }, visitor, now);

async function aLetter(facts: Parameters<typeof aPatient>[1] = {}, by = doctor) {
  const patient = await aPatient(by, { dateOfBirth: '1958-03-01', email: 'asha@example.com', ...facts });
  const visit = await aVisit(by, { patientId: patient.id });
  const leave = { kind: 'leave', from: '2026-11-29', until: '2026-12-01' };
  const press = { visitId: visit.id, version: 0, requestKey: randomUUID() };
  return signLetter(by, signLetterInput.parse({ ...press, ...leave }));
}
const send = (paperId: string) => sendPaper(doctor, { kind: 'letter', paperId, isAgreed: 'on' });
const tokenIn = (mail: ParsedMail | undefined): string =>
  /\/papers\/([\w.-]+)/.exec(mail?.text ?? '')?.[1] ?? '';

describe('a paper by e-mail', () => {
  it('goes to the patient, says nothing of them, and opens with the year of birth', async () => {
    const letter = await aLetter();
    const link = await send(letter.id);
    const [mail] = received;
    expect(mail?.text).toContain('Sri Netralaya has sent you a paper');
    // In the hospital's name, from our address.
    expect(mail?.from?.value).toEqual([{ name: 'Sri Netralaya', address: 'no-reply@chakravue.test' }]);
    expect(JSON.stringify([mail?.text, mail?.subject, mail?.html])).not.toContain(letter.patientName);
    const token = tokenIn(mail);
    expect(isPaperToken(token)).toBe(true);
    expect(isPaperToken(`${token}x`)).toBe(false);
    const paper = await open(token, 1958);
    expect(JSON.stringify(paper)).toContain(letter.patientName);
    expect(paper.printed).toContain('Sent by');
    // Neither what it shows nor what opens it can be read from the disk.
    const row = await paperLinkModel(doctor).collection.findOne({ _id: objectId(link.id) });
    for (const name of ['content', 'birthYears', 'email']) expect(isSealed(String(row?.[name]))).toBe(true);
    expect(JSON.stringify(row)).not.toContain(token.split('.')[0]);
    const seen = await auditEventModel(doctor).find({ action: 'paper-link.open' }).lean();
    expect(seen.map(({ result, target }) => [result, target])).toEqual([['ok', `paper-link:${link.id}`]]);
    expectIndexed(await findPaperLinks(doctor, 'letter', letter.id).explain('executionStats'));
    expect(await listPaperLinks(doctor, 'letter', letter.id)).toMatchObject([
      { email: 'asha@example.com', opens: 1, tries: 0, revoked: null },
    ]);
  });

  it('bears the address of the branch at which the visit was, from whichever it is sent', async () => {
    const org = await testOrganization({ plan: 'professional' });
    const { id: branchId } = await aBranch(org, 'Hebbal', 'HB');
    await organizationModel.updateOne(
      { _id: objectId(org.organizationId), 'branches.name': 'Hebbal' },
      { $set: { 'branches.$.address': '4 Lake Road, Hebbal' } },
    );
    const there = await ctxAt(org, 'doctor', branchId);
    await aRegistration(there, 'TN 4');
    const { id } = await aLetter({}, there);
    const here = await ctxAt(org, 'doctor', FIRST_BRANCH_ID);
    await sendPaper(here, { kind: 'letter', paperId: id, isAgreed: 'on' });
    const [row] = await paperLinkModel(here).find().lean();
    expect(row?.content).toContain('4 Lake Road, Hebbal');
    await org.dispose();
  });

  it('closes after five wrong years, however many are tried at the same time', async () => {
    await send((await aLetter()).id);
    const token = tokenIn(received[0]);
    await open(token, 1958);
    const tried = await Promise.allSettled(
      Array.from({ length: MOST_TRIES + 3 }, (_, index) => open(token, 1930 + index)),
    );
    const codes = tried.map((one) => (one.status === 'rejected' ? one.reason.code : 'opened'));
    expect(codes.filter((code) => code === 'INVALID_INPUT')).toHaveLength(MOST_TRIES);
    expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(3);
    await expect(open(token, 1958)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('ends after seven days, when it is taken back, and with the hospital', async () => {
    const letter = await aLetter();
    const link = await send(letter.id);
    const token = tokenIn(received[0]);
    const late = new Date(Date.now() + LINK_DAYS * 86_400_000 + 60_000);
    await expect(open(token, 1958, late)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const organizations = organizationModel.updateOne.bind(organizationModel);
    const _id = objectId(a.organizationId);
    await organizations({ _id }, { $set: { status: 'canceled' } });
    await expect(open(token, 1958)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await organizations({ _id }, { $set: { status: 'active' } });
    await open(token, 1958);
    await revokePaperLink(doctor, link.id);
    await expect(open(token, 1958)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(revokePaperLink(doctor, link.id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('takes a year beside the written one where only the age is known', async () => {
    await send((await aLetter({ dateOfBirth: '68', isBirthEstimated: 'on' })).id);
    const token = tokenIn(received[0]);
    const [row] = await paperLinkModel(doctor).find().sort({ _id: -1 }).limit(1).lean();
    const years = row?.birthYears.split(',').map(Number) ?? [];
    expect(years).toHaveLength(3);
    for (const year of years) await open(token, year);
    await expect(open(token, Math.max(...years) + 1)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('does not leave without an address, without a signature, or by somebody who may not see it', async () => {
    const nowhere = await aLetter({ email: '' });
    await expect(send(nowhere.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    const letter = await aLetter();
    const sight = { kind: 'prescription' as const, paperId: letter.id, isAgreed: 'on' as const };
    await expect(sendPaper(a.ctx('receptionist'), sight)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await send(letter.id);
    const token = tokenIn(received.at(-1));
    expect(await open(token, 1958)).toBeTruthy();
    await voidLetter(doctor, { letterId: letter.id, reason: 'Mistake' });
    // Neither is what was mailed before.
    await expect(open(token, 1958)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(send(letter.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(received).toHaveLength(1);
  });

  it('is closed where the mail was not taken', async () => {
    const letter = await aLetter({ email: 'refused@example.com' });
    await expect(send(letter.id)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(open(tokenIn(received[0]), 1958)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await listPaperLinks(doctor, 'letter', letter.id)).toMatchObject([{ sentAt: null, opens: 0 }]);
  });
});
