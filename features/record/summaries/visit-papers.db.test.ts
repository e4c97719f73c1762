import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listPrints, paperFrame } from '@/features/identity/papers/queries';
import { letterheadInput } from '@/features/identity/papers/schema';
import { printPapers, saveLetterhead } from '@/features/identity/papers/service';
import { signLetterInput } from '@/features/record/letters/schema';
import { signLetter } from '@/features/record/letters/service/sign-letter';
import type { TenantContext } from '@/lib/tenancy/context';
import { readPdf } from '@/tests/assertions/pdf-text';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPrescription, aRegistration } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { readVisitPapers } from './visit-papers';

let a: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
beforeAll(async () => {
  a = await testOrganization();
  doctor = a.ctx('doctor');
  await aRegistration(doctor, 'TN 12345');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

it('prints what the hospital has chosen and the visit has, each marked by its own prints', async () => {
  const frame = await paperFrame(doctor);
  const visit = await aVisit(doctor);
  expect(await readVisitPapers(doctor, visit, frame)).toEqual([]);
  const { id } = await aPrescription(doctor, { visitId: visit.id });
  const [only, ...others] = await readVisitPapers(doctor, visit, frame);
  expect(others).toEqual([]);
  expect(only?.subject).toBe(`prescription:${id}:v1`);
  await printPapers(doctor, only ? [only] : []);

  const head = { name: 'Sri Netralaya', size: 'A4', top: '12', bottom: '12', side: '14' };
  const chosen = { ...head, visitPapers: ['letters', 'prescription', 'summary'] };
  await saveLetterhead(a.ctx(), letterheadInput.omit({ version: true }).parse(chosen));
  const leave = { kind: 'leave', from: '2026-11-29', until: '2026-12-01' };
  const press = { visitId: visit.id, version: 0, requestKey: randomUUID() };
  const letter = await signLetter(doctor, signLetterInput.parse({ ...press, ...leave }));
  const papers = await readVisitPapers(doctor, visit, frame);
  // The summary of what nobody has signed stays where it is.
  expect(papers.map(({ subject }) => subject)).toEqual([`prescription:${id}:v1`, `letter:${letter.id}`]);
  const { text, pages } = readPdf(await printPapers(doctor, papers));
  expect(pages).toBe(2);
  expect(text.filter((one) => one === 'Copy')).toHaveLength(1);
  // Each paper counts its own pages.
  expect(text.filter((one) => one === 'Page 1 of 1')).toHaveLength(2);
  expect(await listPrints(doctor, `letter:${letter.id}`)).toHaveLength(1);
  expect(await listPrints(doctor, `prescription:${id}:v1`)).toHaveLength(2);
  // Who may not see prescriptions prints none.
  const reception = a.ctx('receptionist');
  const seen = await readVisitPapers(reception, visit, frame);
  expect(seen.map(({ subject }) => subject)).toEqual([`letter:${letter.id}`]);
});
