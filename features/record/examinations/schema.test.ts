import { describe, expect, it } from 'vitest';
import {
  ACUITIES,
  ACUITY_BANDS,
  acuityAtPlace,
  acuityChange,
  acuityText,
  bandOf,
  chartPlaceOf,
  lettersOf,
} from './acuity';
import { DIAGNOSIS_CODES, diagnosisName, findDiagnoses } from './diagnoses';
import { bestAcuity, canSign, hasAssessment, hasMeasurements, isOfEye, readPressure } from './policy';
import {
  ADDS,
  CYLINDERS,
  lensAsUnderstood,
  powerText,
  readAxis,
  readPower,
  refractionText,
  SPHERES,
} from './refraction';
import { assessInput, measureInput } from './schema';

describe('visual acuity', () => {
  it('is one scale under every notation, from the best to none', () => {
    const bases = ACUITIES.map(({ base }) => base);
    expect([...bases].sort((a, b) => b - a)).toEqual(bases);
    for (const { base, feet, metres } of ACUITIES.filter(({ base: one }) => one > 20)) {
      const [near = 0, far = 1] = metres.split('/').map(Number);
      const [nearFeet = 0, farFeet = 1] = feet.split('/').map(Number);
      expect(Math.abs(110 + 50 * Math.log10(near / far) - base), metres).toBeLessThan(1);
      // 20/13 is 6/4 as charts print it, rounded.
      expect(Math.abs(near / far - nearFeet / farFeet), metres).toBeLessThan(0.05);
    }
    expect([4, 3, 2, 1].map((base) => (110 - lettersOf(base)) / 50)).toEqual([2.1, 2.4, 2.7, 3]);
    expect([acuityText(101, 'metres'), acuityText(101, 'feet'), acuityText(2, 'feet')]).toEqual([
      '6/9',
      '20/30',
      'LP',
    ]);
  });

  it('has one place of its own on the chart, and is read off it as it was written', () => {
    for (const { base, metres, feet } of ACUITIES) {
      expect(acuityAtPlace(chartPlaceOf(base), 'metres')).toBe(metres);
      expect(acuityAtPlace(chartPlaceOf(base), 'feet')).toBe(feet);
    }
    const places = ACUITIES.map(({ base }) => chartPlaceOf(base));
    expect([...places].sort((a, b) => b - a)).toEqual(places);
    expect(new Set(places).size).toBe(ACUITIES.length);
    expect(chartPlaceOf(110)).toBe(85);
  });

  it('falls into bands, and changes only by two lines', () => {
    expect(ACUITIES.map(({ base }) => bandOf(base))).toEqual([
      0, 0, 0, 0, 0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 4, 4, 4,
    ]);
    expect(ACUITY_BANDS).toHaveLength(5);
    expect(acuityChange(101, 110)).toBe('same');
    expect(acuityChange(95, 105)).toBe('gained');
    expect(acuityChange(105, 95)).toBe('lost');
    // From hand movements to counting fingers is a gain, though the numbers are neighbours.
    expect(acuityChange(3, 4)).toBe('gained');
    expect(lettersOf(1)).toBeLessThan(lettersOf(2));
  });
});

describe('a power', () => {
  it.each([
    ['-1.25', -5],
    ['+2', 8],
    ['125', 5],
    ['-075', -3],
    ['.2', 1],
    ['1.7', 7],
    ['plano', 0],
    ['0', 0],
    ['−0,5', -2],
    ['20', 80],
    ['-24', -96],
    ['26', 104],
    ['-50', -2],
    ['–1.25', -5],
    ['- 1.25', -5],
    ['+1.25 DS', 5],
    ['-1.25D', -5],
    ['0.00 DC', 0],
  ])('%s is %i quarters', (typed, quarters) => expect(readPower(typed, SPHERES)).toEqual({ quarters }));

  it('of two meanings is asked for, never guessed', () => {
    expect(readPower('-25', SPHERES)).toEqual({ problem: 'Write −25.00 or −0.25.' });
    expect(readPower('25', SPHERES)).toEqual({ problem: 'Write +25.00 or +0.25.' });
    // No cylinder is that strong, so there it has one meaning.
    expect(readPower('-25', CYLINDERS)).toEqual({ quarters: -1 });
    expect(readPower('-25.00', SPHERES)).toEqual({ quarters: -100 });
  });

  it('out of the range names the range, and only a wrong step names the steps', () => {
    const range = { problem: 'Write a power from -30 to 30.' };
    expect(['-45', '31', '-30.25', '126'].map((one) => readPower(one, SPHERES))).toEqual(
      Array(4).fill(range),
    );
    expect(readPower('plano', ADDS)).toHaveProperty('problem');
    expect(readPower('-1', ADDS)).toEqual({ problem: 'Write a power from 0.25 to 4.' });
    expect(readPower('-1.37', SPHERES)).toEqual({ problem: 'Write a power in quarters, such as -1.25.' });
  });

  it('is shown as it was understood, and stays as typed where it was not', () => {
    expect(
      ['-125', '1.25', '–.5', '0', '1.3', '', '-25'].map((one) => lensAsUnderstood('sphere', one)),
    ).toEqual(['−1.25', '+1.25', '−0.50', 'plano', '1.3', '', '-25']);
    expect(['0', '090', '200', 'x'].map((one) => lensAsUnderstood('axis', one))).toEqual([
      '180',
      '90',
      '200',
      'x',
    ]);
    expect(lensAsUnderstood('cylinder', '-25')).toBe('−0.25');
  });

  it.each(['', 'x', '1.3', '--1', '1.25 cm', '120', 'NaN'])('"%s" is none', (typed) => {
    expect(readPower(typed, SPHERES)).toHaveProperty('problem');
  });

  it('is written with its sign, and comes back as it was', () => {
    expect(refractionText({ sphere: -5, cylinder: -2, axis: 9, add: 8 })).toBe(
      '−1.25 / −0.50 × 009, add +2.00',
    );
    expect(refractionText({ sphere: 0, cylinder: 0 })).toBe('plano');
    for (let quarters = -120; quarters <= 120; quarters++)
      expect(readPower(powerText(quarters), SPHERES)).toEqual({ quarters });
    expect(['0', '1', '180', '181', '200', '360', '-1', '1.5'].map(readAxis)).toEqual([
      180,
      1,
      180,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('what optometry sends', () => {
  const parse = (fields: Record<string, unknown>) =>
    measureInput.safeParse({ visitId: 'a'.repeat(24), version: '0', ...fields });
  const problems = (fields: Record<string, unknown>) =>
    Object.fromEntries(
      (parse(fields).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]),
    );

  it('becomes numbers by eye, and nothing where nothing was written', () => {
    expect(parse({}).data?.measurements).toEqual({ right: { acuity: {} }, left: { acuity: {} } });
    const { data } = parse({
      'right-unaided': '95',
      'right-pinhole': '110',
      'right-sphere': '-125',
      'right-cylinder': '-.5',
      'right-axis': '0',
      'right-add': '2',
      'left-sphere': 'plano',
      'left-pressure': '17',
      tonometer: 'nct',
    });
    expect(data?.measurements).toEqual({
      right: {
        acuity: { unaided: 95, pinhole: 110 },
        refraction: { sphere: -5, cylinder: -2, axis: 180, add: 8 },
      },
      left: { acuity: {}, refraction: { sphere: 0, cylinder: 0 }, pressure: 17 },
      tonometer: 'nct',
    });
    expect(data && bestAcuity(data.measurements.right)).toBe(110);
    expect(data && hasMeasurements(data.measurements)).toBe(true);
  });

  it('is refused where it makes no lens, beside the field', () => {
    expect(problems({ 'right-cylinder': '-1', 'left-axis': '90' })).toEqual({
      'right-sphere': 'Write the sphere too; plano for none.',
      'right-axis': 'Write the axis of the cylinder.',
      'left-sphere': 'Write the sphere too; plano for none.',
      'left-cylinder': 'Write the cylinder of this axis, or no axis.',
    });
    expect(problems({ 'right-unaided': '111' })).toHaveProperty('right-unaided');
    expect(problems({ 'left-pressure': '81' })).toHaveProperty('left-pressure');
    expect(problems({ 'left-sphere': '-1', 'left-cylinder': '-1', 'left-axis': '200' })).toEqual({
      'left-axis': 'Write degrees from 1 to 180.',
    });
    expect(problems({ 'left-pressure': '14.5' })).toEqual({ 'left-pressure': 'Write whole mmHg: 14 or 15.' });
    expect(readPressure('-45')).toEqual({ problem: 'Write mmHg from 0 to 80, without a fraction.' });
    expect(problems({ 'left-pressure': '1e1' })).toHaveProperty('left-pressure');
    expect(problems({ 'left-sphere': '31' })).toHaveProperty('left-sphere');
    expect(problems({ 'left-sphere': '1', 'left-add': '-1' })).toHaveProperty('left-add');
    expect(problems({ 'left-sphere': { $ne: null } })).toHaveProperty('left-sphere');
    expect(problems({ version: 'x' })).toHaveProperty('version');
  });
});

describe('what a doctor sends', () => {
  const parse = (fields: Record<string, unknown>) =>
    assessInput.safeParse({ visitId: 'a'.repeat(24), version: 0, ...fields });

  it('keeps the order of diagnoses and their sides', () => {
    const { data } = parse({
      complaint: ' Blurred vision ',
      'findings-left': 'Nuclear sclerosis 2+',
      diagnoses: ['H25.1:left', 'H52.1:both'],
      plan: 'Surgery',
      reviewWeeks: '4',
    });
    expect(data?.assessment).toEqual({
      complaint: 'Blurred vision',
      findings: { left: 'Nuclear sclerosis 2+' },
      diagnoses: [
        { code: 'H25.1', side: 'left' },
        { code: 'H52.1', side: 'both' },
      ],
      plan: 'Surgery',
      reviewWeeks: 4,
    });
    expect(data && canSign(data.assessment)).toBe(true);
    const empty = parse({ diagnoses: [] }).data?.assessment;
    expect(empty && hasAssessment(empty)).toBe(false);
    expect(empty && canSign(empty)).toBe(false);
  });

  it.each([
    ['a code that is none', { diagnoses: ['H99.9:left'] }],
    ['a side that is none', { diagnoses: ['H25.1:up'] }],
    ['a diagnosis twice', { diagnoses: ['H25.1:left', 'H25.1:right'] }],
    ['an operator', { diagnoses: { $ne: null } }],
    ['too many words', { plan: 'x'.repeat(2_001) }],
    ['a time that is none', { reviewWeeks: '3' }],
  ])('is refused with %s', (_, fields) => expect(parse(fields).success).toBe(false));

  it('finds a diagnosis by words and by code, each once', () => {
    expect(findDiagnoses('cataract nuc').map(({ code }) => code)).toEqual(['H25.1']);
    expect(findDiagnoses('h40').map(({ code }) => code)).toHaveLength(4);
    expect(new Set(Object.values(DIAGNOSIS_CODES)).size).toBe(DIAGNOSIS_CODES.length);
    expect(DIAGNOSIS_CODES.every((code) => /^[A-Z]\d\d(\.\d)?$/.test(code))).toBe(true);
    expect(diagnosisName('H25.1')).toBe('Nuclear cataract');
    expect(diagnosisName('constructor')).toBe('constructor');
    expect(isOfEye('both', 'left') && isOfEye('none', 'right') && !isOfEye('left', 'right')).toBe(true);
  });
});
