import { expect, it } from 'vitest';
import { NO_MEASUREMENTS } from '@/features/record/examinations/policy';
import type { DicomHeader, DicomMeasure } from '@/lib/pictures/dicom';
import { fromDicom } from './dicom-readings';
import { type ChosenReading, chosenOf, identityOf, readingText, sourceOf, withReadings } from './policy';

const header = (measures: DicomMeasure[]): DicomHeader => ({
  facts: {
    ...{ sopClass: '', modality: 'OAM', takenOn: '2026-01-02', takenAt: '2026-01-02 10:15', laterality: '' },
    ...{ device: 'Maker Model 1', words: '' },
    patient: { id: 'P-1', name: 'Asha Rao', birthDate: '1990-02-03', sex: 'F' },
  },
  measures,
  syntax: '1.2.840.10008.1.2.1',
  paper: null,
  layout: null,
});
const chosen = (measures: DicomMeasure[]): ChosenReading[] =>
  fromDicom(header(measures)).readings.flatMap((one) => chosenOf(one, null));

it('become readings with their source, in the steps of their boxes', () => {
  const measures: DicomMeasure[] = [
    { eye: 'right', what: 'tests', values: { 'axial-length': 23.4567, cmt: 251.4 } },
    {
      eye: 'left',
      what: 'keratometry',
      flat: { power: 43.25, radius: 7.8, axis: 180 },
      steep: { power: 45 },
    },
    { eye: 'left', what: 'lens', set: 'auto', values: { sphere: -6.38, cylinder: -0.62, axis: 177 } },
  ];
  const file = fromDicom(header(measures));
  expect(sourceOf(file)).toBe('Maker Model 1, 2026-01-02 10:15');
  expect(file.readings.map(readingText)).toMatchObject([
    { label: 'Axial length', raw: '23.4567 mm', kept: '23.46 mm' },
    { label: 'Central macular thickness', raw: '251.4 µm', kept: '251 µm' },
    { label: 'Keratometry', kept: 'K1 43.25, K2 45.00 D' },
    { label: 'Auto-refractor', raw: '-6.38 -0.62 × 177', kept: '−6.50 −0.50 × 177' },
  ]);
  const { measurements, left } = withReadings(NO_MEASUREMENTS, chosen(measures), sourceOf(file));
  expect(left).toEqual([]);
  expect(measurements).toMatchObject({
    refractions: [{ kind: 'auto', left: { sphere: -26, cylinder: -2, axis: 177 }, source: sourceOf(file) }],
    tests: {
      'axial-length': { right: '23.46' },
      cmt: { right: '251' },
      k1: { left: '43.25' },
      'k1-axis': { left: '180' },
      k2: { left: '45' },
    },
    sources: { 'test-axial-length-right': sourceOf(file), 'test-k1-left': sourceOf(file) },
  });
  // What a person has measured, and what was taken over before, stays.
  const again = withReadings(measurements, chosen(measures), sourceOf(file));
  expect(again.measurements).toEqual(measurements);
  expect(again.left).toHaveLength(4);
});

it('that no box takes, that nobody chose, and that are proposals are shown and not taken', () => {
  const { readings } = fromDicom(
    header([
      { eye: 'right', what: 'tests', values: { 'axial-length': 230, unknown: 1 } },
      { eye: 'right', what: 'several', of: 'Axial length' },
      { eye: 'right', what: 'shown', of: 'Lens power, SRK/T', text: '21.5 D' },
    ]),
  );
  expect(readings.map((one) => readingText(one).kept)).toEqual([null, null, null, null]);
  const all = readings.flatMap((one) => chosenOf(one, null));
  expect(withReadings(NO_MEASUREMENTS, all, 'x').measurements).toEqual(NO_MEASUREMENTS);
});

it('of acuity are lines of the chart with their letters, of each eye and of both', () => {
  const seen = { what: 'acuity', method: 'refraction', letters: 0 } as const;
  const measures: DicomMeasure[] = [
    { ...seen, eye: 'right', decimal: 1 },
    { ...seen, eye: 'left', decimal: 0.5, letters: -2 },
    { ...seen, eye: 'both', decimal: 1.25 },
    { ...seen, eye: 'left', method: 'pinhole', decimal: 0 },
    { ...seen, eye: 'right', method: 'pinhole', decimal: 0.5, letters: 9 },
  ];
  const file = fromDicom(header(measures));
  expect(file.readings.map(readingText)).toEqual([
    { label: 'Acuity, best corrected', raw: '1 decimal', kept: '6/6' },
    { label: 'Acuity, best corrected', raw: '0.5 decimal, -2 letters', kept: '6/12-2' },
    { label: 'Acuity, best corrected', raw: '1.25 decimal', kept: '6/4.8' },
    { label: 'Acuity, with pinhole', raw: '0 decimal', kept: null },
    { label: 'Acuity, with pinhole', raw: '0.5 decimal, +9 letters', kept: null },
  ]);
  const { measurements, left } = withReadings(NO_MEASUREMENTS, chosen(measures), sourceOf(file));
  expect(left).toHaveLength(2);
  expect(measurements).toMatchObject({
    right: { acuity: { refraction: { base: 110 } } },
    left: { acuity: { refraction: { base: 93, as: '6/12-2' } } },
    both: { acuity: { refraction: { base: 115 } } },
    sources: { 'left-refraction': sourceOf(file), 'both-refraction': sourceOf(file) },
  });
  // What a person has measured stays, with no device beside it.
  const measured = { ...NO_MEASUREMENTS, right: { acuity: { refraction: { base: 101 } } } };
  const after = withReadings(measured, chosen(measures.slice(0, 1)), sourceOf(file));
  expect(after).toEqual({ measurements: measured, left: ['Best corrected, right eye: is there already.'] });
});

it('are held against the patient like those of any device', () => {
  const file = fromDicom(header([]));
  const patient = { number: 'P-1', name: 'Asha Rao', dateOfBirth: '1990-02-03', isBirthEstimated: false };
  expect(identityOf(file, { ...patient, sex: 'female' })).toEqual({ conflicts: [], doubts: [] });
  expect(identityOf(file, { ...patient, sex: 'male' }).conflicts).toHaveLength(1);
});
