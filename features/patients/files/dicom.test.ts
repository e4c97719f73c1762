import { expect, it } from 'vitest';
import type { DicomFacts } from '@/lib/pictures/dicom';
import { daySaid, differencesOf, eyeSaid, kindSaid } from './dicom';

const UID = '1.2.840.10008.5.1.4.1.1.';
const facts = (some: Partial<DicomFacts> = {}): DicomFacts => ({
  ...{
    sopClass: `${UID}77.1.5.1`,
    modality: 'OP',
    takenOn: '',
    takenAt: '',
    laterality: '',
    device: '',
    words: '',
  },
  patient: { id: '', name: '', birthDate: '', sex: '' },
  ...some,
});
const asha = {
  ...{ number: 'P-7', name: 'Asha Rao', dateOfBirth: '1990-02-03', isBirthEstimated: false, sex: 'female' },
};
const differing = (patient: Partial<DicomFacts['patient']>, person = asha) =>
  differencesOf(facts({ patient: { ...facts().patient, ...patient } }), person, undefined).map(
    ({ field }) => field,
  );

it.each([
  [{}, 'fundus'],
  [{ words: 'Slit Lamp Biomicroscope' }, 'slit-lamp'],
  [{ words: 'Fluorescein 0:35' }, 'angiography'],
  [{ sopClass: `${UID}77.1.5.4`, modality: 'OPT', words: 'Macular Cube 512x128, macula' }, 'oct-macula'],
  [{ sopClass: `${UID}77.1.5.4`, modality: 'OPT', words: 'ONH and RNFL' }, 'oct-disc'],
  [{ sopClass: `${UID}77.1.5.4`, modality: 'OPT', words: 'Anterior segment' }, undefined],
  [{ sopClass: `${UID}104.1`, modality: 'OPV' }, 'field'],
  [{ sopClass: `${UID}104.1`, modality: 'DOC' }, 'report'],
  [{ sopClass: `${UID}2`, modality: 'CT' }, undefined],
])('%j is kept as %s', (some, kind) => {
  expect(kindSaid(facts(some))).toBe(kind);
});

it('takes the eye and the day as the file says them, and no day that has not come', () => {
  expect(['R', 'L', 'B', ''].map((laterality) => eyeSaid(facts({ laterality })))).toEqual([
    ...['right', 'left', 'both', undefined],
  ]);
  expect(daySaid(facts({ takenOn: '2026-01-02' }), '2026-02-01')).toBe('2026-01-02');
  expect(daySaid(facts({ takenOn: '2026-02-02' }), '2026-02-01')).toBeUndefined();
  expect(daySaid(facts(), '2026-02-01')).toBeUndefined();
});

it('asks about each thing in which the file names somebody else, and about none that it does not say', () => {
  expect(differing({})).toEqual([]);
  expect(differing({ id: 'p-7', name: 'RAO ASHA', birthDate: '1990-02-03', sex: 'F' })).toEqual([]);
  expect(differing({ name: 'Asha Roy' })).toEqual(['name']);
  expect(differing({ id: '12', birthDate: '1991-02-03', sex: 'M' })).toEqual([
    'number',
    'dateOfBirth',
    'sex',
  ]);
  expect(differing({ birthDate: '1991-02-03' }, { ...asha, isBirthEstimated: true })).toEqual([]);
  const left = differencesOf(facts({ laterality: 'R' }), asha, 'left');
  expect(left.map(({ field }) => field)).toEqual(['eye']);
});
