import { afterAll, beforeAll, expect, it } from 'vitest';
import { paperFrame } from '@/features/identity/papers/queries';
import type { Permission } from '@/lib/auth/permissions';
import type { PaperDocument } from '@/lib/paper';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { readSummary } from './queries';

let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  org = await testOrganization();
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const wordsOf = ({ blocks }: PaperDocument): string => JSON.stringify(blocks);

it('shows what was prescribed to who may see prescriptions, and the rest to who may see visits alone', async () => {
  const ctx = org.ctx('doctor');
  await aRegistration(ctx, 'TN 1');
  const visit = await aVisit(ctx);
  await aPrescription(ctx, { visitId: visit.id, lines: [aLine({ name: 'Moxicip' })] });
  const whole = await readSummary(ctx, visit.id, await paperFrame(ctx));
  expect(wordsOf(whole.makePaper())).toContain('Moxicip');
  // A technician with a role of the hospital's own.
  const technician = { ...ctx, can: (one: Permission) => one !== 'prescriptions:read' && ctx.can(one) };
  const part = await readSummary(technician, visit.id, await paperFrame(ctx));
  expect(wordsOf(part.makePaper())).not.toContain('Moxicip');
  // Another paper: its first print is not a copy.
  expect(part.subject).not.toBe(whole.subject);
});
