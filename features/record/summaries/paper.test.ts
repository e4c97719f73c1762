import { describe, expect, it } from 'vitest';
import type { Examination } from '@/features/record/examinations/dto';
import { NO_ASSESSMENT, NO_MEASUREMENTS } from '@/features/record/examinations/policy';
import type { Prescription } from '@/features/record/prescriptions/dto';
import { DEFAULT_MARGINS, type PaperDocument } from '@/lib/paper';
import { formatDay } from '@/lib/time';
import { type SummaryFacts, summaryPaper } from './paper';

const SIGNED = '2026-11-29T20:30:00.000Z';
const frame = { size: 'A4' as const, head: null, margins: DEFAULT_MARGINS, printed: 'Printed by Meera.' };

const examination = (facts: Partial<Examination> = {}): Examination => ({
  ...{ visitId: 'v', patientId: 'p', day: '2026-11-29', before: {} },
  ...{ measurementsVersion: 1, measured: null, assessmentVersion: 1, assessed: null },
  measurements: {
    ...NO_MEASUREMENTS,
    right: { acuity: { unaided: { base: 95 } }, near: { glasses: { as: 'N8' } } },
    both: { acuity: { glasses: { base: 110 } } },
    refractions: [
      {
        kind: 'subjective',
        right: { sphere: -4, cylinder: 0, prism: 6, base: 'in', acuity: { base: 110 } },
        pdFar: 126,
      },
    ],
    pressures: [{ right: { mmHg: 24 }, method: 'goldmann', time: '10:05' }],
    tests: { cct: { right: '540' } },
  },
  assessment: {
    ...NO_ASSESSMENT,
    rows: { cornea: { right: 'Scar' }, lens: { left: 'PCIOL' } },
    diagnoses: [{ code: 'H40.1', side: 'right' }],
    targets: { right: 16 },
    orders: [
      { kind: 'investigation', what: 'Visual field', side: 'both', urgency: 'soon', reason: 'Progression?' },
      { kind: 'procedure', what: 'YAG iridotomy', side: 'left', urgency: 'routine' },
    ],
    plan: 'Continue',
    reviewWeeks: 4,
  },
  signed: { name: 'Dr Rao', at: SIGNED },
  amended: null,
  ...facts,
});

const prescription = {
  ...{ lines: [], stops: [], overrides: [], status: 'active' },
  signed: { name: 'Dr Iyer', at: SIGNED, registrationNumber: 'TN 1' },
} as unknown as Prescription;

const paper = (facts: Partial<SummaryFacts> = {}, mark?: string): PaperDocument =>
  summaryPaper(
    {
      visit: {
        patientName: 'Asha',
        patientNumber: 'P-1',
        sex: 'female',
        day: '2026-11-29',
        doctorName: null,
      },
      examination: examination(),
      ...{
        prescription: null,
        spectacles: null,
        lenses: null,
        language: 'en',
        allergies: [],
        notation: 'metres',
        age: '50 years',
      },
      timeZone: 'Asia/Kolkata',
      ...facts,
    },
    frame,
    mark,
  );
const signatures = ({ blocks }: PaperDocument) => blocks.filter(({ kind }) => kind === 'signature');

describe('the summary of a visit', () => {
  it.each([
    ['acuity', ['Unaided', '6/12', '']],
    ['near vision', ['Near, with own glasses', 'N8', '']],
    ['refraction with prism and acuity', ['Subjective', '−1.00, 1.5 Δ base in, 6/6', '']],
    ['pressure with its method', ['Pressure, Goldmann, 10:05', '24 mmHg', '']],
    ['a test', ['Corneal thickness', '540 µm', '']],
    ['a finding of the right eye', ['Cornea', 'Scar', '']],
    ['a finding of the left eye', ['Lens', '', 'PCIOL']],
  ])('has a row of %s', (_name, row) => {
    expect(paper().blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []))).toContainEqual(row);
  });

  it.each([
    ['Target pressure', 'right 16 mmHg'],
    ['Investigations', 'Visual field, both eyes, soon, Progression?'],
    ['Procedures', 'YAG iridotomy, left eye'],
    ['Both eyes', 'With own glasses 6/6; Subjective: pupil distance 63 mm'],
    ['Plan', 'Continue'],
    ['Come again', 'In 4 weeks'],
  ])('says %s: %s', (label, value) => {
    const facts = paper().blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
    expect(facts).toContainEqual({ label, value });
  });

  it('says what the patient has had, why they came and what was drawn', () => {
    const one = examination();
    const told = {
      ...one.measurements,
      complaints: [{ what: 'Redness', side: 'left' as const, since: '3 days' }],
    };
    const marks = [{ stamp: 'laser', x: 1, y: 1 }];
    const drawn = { ...one.assessment, complaint: 'After a fall', drawings: { fundus: { left: marks } } };
    const { blocks } = paper({
      examination: { ...one, measurements: told, assessment: drawn },
      history: [{ label: 'Illnesses', value: 'Diabetes, since 2012' }],
    });
    const all = blocks.flatMap((block) => (block.kind === 'facts' ? block.facts : []));
    expect(all).toContainEqual({ label: 'Illnesses', value: 'Diabetes, since 2012' });
    expect(all).toContainEqual({ label: 'Complaint', value: 'Redness, left eye, for 3 days\nAfter a fall' });
    // As a picture, with its words below it.
    expect(blocks.flatMap((block) => (block.kind === 'drawings' ? block.drawings : []))).toMatchObject([
      {
        ...{ caption: 'Fundus, left eye: laser scar', isMirrored: true },
        marks: [{ ink: 'green', x: 1, y: 1, text: 'Las sca' }],
      },
    ]);
  });

  it('is not signed while the examination is not, also when the medicines are', () => {
    const open = paper({ examination: examination({ signed: null }), prescription }, 'Copy');
    expect(open.mark).toBe('Not signed');
    expect(signatures(open)).toEqual([
      {
        kind: 'signature',
        name: 'Dr Iyer',
        lines: ['Registration TN 1', `Medicines signed ${formatDay('2026-11-30')}`],
      },
    ]);
    expect(signatures(paper({ examination: examination({ signed: null }) }))).toEqual([]);
  });

  it('has one signature for each person, with what they signed', () => {
    const both = paper({ prescription }, 'Copy');
    expect(both.mark).toBe('Copy');
    expect(signatures(both)).toMatchObject([
      { name: 'Dr Rao', lines: [`Examination signed ${formatDay('2026-11-30')}`] },
      { name: 'Dr Iyer', lines: ['Registration TN 1', `Medicines signed ${formatDay('2026-11-30')}`] },
    ]);
    const { signed } = examination();
    const one = paper({
      prescription: { ...prescription, signed: { ...signed, registrationNumber: 'TN 1' } } as Prescription,
    });
    expect(signatures(one)).toMatchObject([
      {
        name: 'Dr Rao',
        lines: ['Registration TN 1', `Examination, medicines signed ${formatDay('2026-11-30')}`],
      },
    ]);
  });

  it('needs no signature where nothing was examined', () => {
    expect(paper({ examination: null, prescription }).mark).toBeUndefined();
    const empty = examination({ signed: null, measurements: NO_MEASUREMENTS, assessment: NO_ASSESSMENT });
    expect(paper({ examination: empty, prescription }).mark).toBeUndefined();
  });
});
