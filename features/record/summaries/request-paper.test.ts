import { expect, it } from 'vitest';
import type { Examination } from '@/features/record/examinations/dto';
import type { Order } from '@/features/record/examinations/orders';
import { NO_ASSESSMENT, NO_MEASUREMENTS } from '@/features/record/examinations/policy';
import { requestPaper } from './request-paper';

const frame = {
  size: 'A5' as const,
  head: null,
  margins: { top: 12, bottom: 12, side: 14 },
  printed: 'Printed.',
};
const examination = (orders: Order[], isSigned = true): Examination => ({
  ...{ visitId: 'v', patientId: 'p', day: '2026-11-29', measurementsVersion: 0, assessmentVersion: 1 },
  ...{ measurements: NO_MEASUREMENTS, measured: null, assessed: null, before: {}, amended: null },
  assessment: { ...NO_ASSESSMENT, diagnoses: [{ code: 'H25.1', side: 'left' }], orders },
  signed: isSigned ? { name: 'Dr Rao', at: '2026-11-29T20:00:00Z' } : null,
});
const facts = (given: Examination) => ({
  visit: { patientName: 'Ravi', patientNumber: 'P-1', sex: 'male', day: '2026-11-29' },
  ...{ age: '42 years', examination: given, allergies: ['Penicillin'], timeZone: 'Asia/Kolkata' },
});
const oct: Order = {
  kind: 'investigation',
  what: 'OCT macula',
  side: 'left',
  urgency: 'urgent',
  reason: 'Fluid?',
};

it('lists what was asked for under its kind, with eye, urgency and reason', () => {
  const paper = requestPaper(facts(examination([oct])), frame);
  expect(paper?.blocks).toContainEqual({
    kind: 'items',
    items: [{ title: 'OCT macula', aside: 'Urgent', lines: ['Left eye', 'Fluid?'], eye: 'left' }],
  });
  expect(paper?.blocks).not.toContainEqual({ kind: 'heading', text: 'Procedures' });
  // The day of the signature is a day at the hospital.
  expect(paper?.blocks.at(-1)).toMatchObject({ lines: ['Signed Mon 30 Nov 2026'] });
});

it('is no paper where nothing was asked for, and says that it is not signed', () => {
  expect(requestPaper(facts(examination([])), frame)).toBeNull();
  expect(requestPaper(facts(examination([oct], false)), frame, 'Copy')?.mark).toBe('Not signed');
});
