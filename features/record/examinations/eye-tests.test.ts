import { describe, expect, it } from 'vitest';
import { readTest, TEST_BOXES } from './eye-tests';

const read = (key: string, typed: string) => {
  const box = TEST_BOXES.find((one) => one.key === key);
  if (!box) throw new Error(`No box ${key}`);
  return readTest(box, typed);
};

describe('a result as people type it', () => {
  it.each([
    ['k1', '43.25 D', '43.25'],
    ['cct', '540 microns', '540'],
    ['cct', '540um', '540'],
    ['k1-axis', '90°', '90'],
    ['field-md', '−5.43 dB', '-5.43'],
    ['pulse', '72 bpm', '72'],
    ['stereo', '60"', '60'],
    ['tbut', '8 sec', '8'],
    ['blood-pressure', '120 / 80 mmHg', '120/80'],
    ['blood-pressure', 'could not', 'Could not'],
    ['movements', 'Full', 'Full'],
  ])('%s, "%s", is %s', (key, typed, stored) => {
    expect(read(key, typed)).toBe(stored);
  });

  it.each([
    ['k1', '4325'],
    ['cct', '540 mm'],
    ['field-md', '5.43'],
    ['blood-pressure', '80/120'],
    ['blood-pressure', '1200/80'],
    ['blood-pressure', '120'],
    ['blood-pressure', 'high'],
  ])('%s, "%s", is asked about', (key, typed) => {
    expect(read(key, typed)).toHaveProperty('problem');
  });
});
