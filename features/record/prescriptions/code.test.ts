import { expect, it } from 'vitest';
import { isScanned, prescriptionCode, readPrescriptionCode } from './code';

const ID = '65f0c0ffee0123456789abcd';

it('is read back, also in small letters and with the Enter of the scanner', () => {
  expect(readPrescriptionCode(prescriptionCode(ID))).toBe(ID);
  expect(readPrescriptionCode(` ${prescriptionCode(ID).toLowerCase()}\n`)).toBe(ID);
});

it.each(['', 'Ravi', 'CVP1.', `CVP2.${ID}`, `CVP1.${ID}0`, `CVG1.${ID}`])('is not %o', (typed) => {
  expect(readPrescriptionCode(typed)).toBeNull();
});

it('is told from a name that is searched for', () => {
  expect(['cvp2.1', 'CVG1.3', 'Cv1', 'CV Raman', 'cvp'].map(isScanned)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
