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
import { broughtToFormat, type FormerMeasurements } from './former-records';
import {
  bestAcuity,
  canSign,
  hasAssessment,
  hasMeasurements,
  isOfEye,
  NO_MEASUREMENTS,
  pressureOf,
} from './policy';
import { averagePressure, isHighPressure, readPressure, splitPressures } from './pressure';
import {
  ADDS,
  CYLINDERS,
  equivalentText,
  lensAsUnderstood,
  powerText,
  readAxis,
  readPower,
  refractionText,
  SPHERES,
  transposed,
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
    ['+125', 5],
    ['=1.25', 5],
    ['-075', -3],
    ['+.2', 1],
    ['+1.7', 7],
    ['plano', 0],
    ['0', 0],
    ['−0,5', -2],
    ['+20', 80],
    ['-24', -96],
    ['+26', 104],
    ['-50', -2],
    ['–1.25', -5],
    ['- 1.25', -5],
    ['+1.25 DS', 5],
    ['-1.25D', -5],
    ['0.00 DC', 0],
  ])('%s is %i quarters', (typed, quarters) => expect(readPower(typed, SPHERES)).toEqual({ quarters }));

  it('of two meanings is asked for, never guessed', () => {
    expect(readPower('-25', SPHERES)).toEqual({ problem: 'Write −25.00 or −0.25.' });
    expect(readPower('+25', SPHERES)).toEqual({ problem: 'Write +25.00 or +0.25.' });
    expect(readPower('1.25', SPHERES)).toEqual({ problem: 'Write +1.25 or −1.25: the sign is missing.' });
    expect(readPower('075', CYLINDERS)).toHaveProperty('problem');
    // An add has one sign, and nothing has none.
    expect([readPower('2', ADDS), readPower('0', SPHERES)]).toEqual([{ quarters: 8 }, { quarters: 0 }]);
    // No cylinder is that strong, so there it has one meaning.
    expect(readPower('-25', CYLINDERS)).toEqual({ quarters: -1 });
    expect(readPower('-25.00', SPHERES)).toEqual({ quarters: -100 });
  });

  it('out of the range names the range, and only a wrong step names the steps', () => {
    const range = { problem: 'Write a power from -30 to 30.' };
    expect(['-45', '+31', '-30.25', '+126'].map((one) => readPower(one, SPHERES))).toEqual(
      Array(4).fill(range),
    );
    expect(readPower('plano', ADDS)).toHaveProperty('problem');
    expect(readPower('-1', ADDS)).toEqual({ problem: 'Write a power from 0.25 to 4.' });
    expect(readPower('-1.37', SPHERES)).toEqual({ problem: 'Write a power in quarters, such as -1.25.' });
  });

  it('is shown as it was understood, and stays as typed where it was not', () => {
    expect(
      ['-125', '+1.25', '–.5', '0', '1.3', '', '-25'].map((one) => lensAsUnderstood('sphere', one)),
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

describe('transposing a lens', () => {
  it('is its own inverse, keeps the spherical equivalent and stays within 1 to 180', () => {
    for (let sphere = -40; sphere <= 40; sphere += 3)
      for (let cylinder = -24; cylinder <= 24; cylinder += 1)
        for (const axis of [1, 45, 90, 91, 180]) {
          const lens = { sphere, cylinder, ...(cylinder === 0 ? {} : { axis }), add: 8 };
          const turned = transposed(lens);
          expect(transposed(turned)).toEqual(lens);
          expect(turned.sphere * 2 + turned.cylinder).toBe(sphere * 2 + cylinder);
          if (turned.axis !== undefined) expect(turned.axis >= 1 && turned.axis <= 180).toBe(true);
        }
    expect(transposed({ sphere: 4, cylinder: 2, axis: 90 })).toEqual({ sphere: 6, cylinder: -2, axis: 180 });
    // Without an axis nothing is turned, and nothing is made up.
    expect(transposed({ sphere: 4, cylinder: 2 })).toEqual({ sphere: 4, cylinder: 2 });
    expect([
      equivalentText({ sphere: -5, cylinder: -1 }),
      equivalentText({ sphere: 0, cylinder: 0 }),
    ]).toEqual(['−1.375', '0.00']);
  });
});

describe('a pressure', () => {
  it('is in halves, or a word; above the target or 21 it is high', () => {
    expect(['14.5', '14,5', '17 mmHg', '0'].map(readPressure)).toEqual([
      { mmHg: 14.5 },
      { mmHg: 14.5 },
      { mmHg: 17 },
      { mmHg: 0 },
    ]);
    expect(['unable', 'UR', 'soft'].map(readPressure)).toEqual([
      { word: 'could-not' },
      { word: 'could-not' },
      { word: 'soft' },
    ]);
    expect([
      isHighPressure(21),
      isHighPressure(21.5),
      isHighPressure(17, 16),
      isHighPressure(16, 16),
    ]).toEqual([false, true, true, false]);
    expect(readPressure('14.3')).toEqual({ problem: 'Write mmHg in halves: 14 or 14.5.' });
    expect(splitPressures('24/19')).toEqual({ right: '24', left: '19' });
    expect(splitPressures('24')).toBeNull();
    // A comma is a decimal point where people write it so; the half is never put into the other eye.
    expect(readPressure('14,5')).toEqual({ mmHg: 14.5 });
    expect(splitPressures('14,5')).toBeNull();
    expect(splitPressures('24,19')).toEqual({ right: '24', left: '19' });
    expect(splitPressures('24, 9')).toEqual({ right: '24', left: '9' });
    expect(readPressure('14 mm of Hg')).toEqual({ mmHg: 14 });
    expect(averagePressure([{ mmHg: 14 }, { mmHg: 15 }, { word: 'could-not' }, undefined])).toBe(14.5);
    expect(averagePressure([{ word: 'hard' }])).toBeNull();
  });
});

describe('a record of before', () => {
  it('comes into the format of today with every value, and stays there', () => {
    const former: FormerMeasurements = {
      right: {
        acuity: { unaided: 95, pinhole: 110 },
        refraction: { sphere: -5, cylinder: -2, axis: 180, add: 8 },
      },
      left: { acuity: { refraction: 4 }, pressure: 17 },
      tonometer: 'goldmann',
    };
    const now = broughtToFormat(former);
    expect(now).toEqual({
      format: 2,
      right: { acuity: { unaided: { base: 95 }, pinhole: { base: 110 } } },
      left: { acuity: { refraction: { base: 4 } } },
      refractions: [{ kind: 'other', right: { sphere: -5, cylinder: -2, axis: 180, add: 8 } }],
      pressures: [{ left: { mmHg: 17 }, method: 'goldmann' }],
    });
    expect(broughtToFormat(now)).toBe(now);
    expect([bestAcuity(now, 'right'), bestAcuity(now, 'left'), pressureOf(now, 'left')]).toEqual([
      110, 4, 17,
    ]);
    const idle: FormerMeasurements = { right: { acuity: {} }, left: { acuity: {} }, tonometer: 'nct' };
    expect(broughtToFormat(idle)).toEqual({ ...NO_MEASUREMENTS, tonometer: 'nct' });
  });
});

/** What stands below each category of ICD-10 (WHO, 2019), H00 to H59. */
const CHAPTER_VII: Record<string, string> = {
  H00: '01',
  H01: '0189',
  H02: '0123456789',
  H03: '018',
  H04: '012345689',
  H05: '01234589',
  H06: '0123',
  H10: '01234589',
  H11: '0123489',
  H13: '01238',
  H15: '0189',
  H16: '0123489',
  H17: '0189',
  H18: '0123456789',
  H19: '01238',
  H20: '01289',
  H21: '01234589',
  H22: '018',
  H25: '01289',
  H26: '0123489',
  H27: '0189',
  H28: '0128',
  H30: '01289',
  H31: '0123489',
  H32: '08',
  H33: '012345',
  H34: '01289',
  H35: '0123456789',
  H36: '08',
  H40: '012345689',
  H42: '08',
  H43: '012389',
  H44: '0123456789',
  H45: '018',
  H46: '',
  H47: '01234567',
  H48: '018',
  H49: '0123489',
  H50: '012345689',
  H51: '01289',
  H52: '01234567',
  H53: '012345689',
  H54: '01234569',
  H55: '',
  H57: '0189',
  H58: '018',
  H59: '089',
};

describe('what optometry sends', () => {
  const parse = (fields: Record<string, unknown>) =>
    measureInput.safeParse({ visitId: 'a'.repeat(24), version: '0', ...fields });
  const problems = (fields: Record<string, unknown>) =>
    Object.fromEntries(
      (parse(fields).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]),
    );

  it('becomes a record by eye, and nothing where nothing was written', () => {
    expect(parse({}).data?.measurements).toEqual(NO_MEASUREMENTS);
    const { data } = parse({
      'right-unaided': '6/12',
      'right-pinhole': '6/6',
      'left-near-glasses': 'n8',
      'both-glasses': '6/9p',
      'subjective-right-sphere': '-125',
      'subjective-right-cylinder': '-.5',
      'subjective-right-axis': '0',
      'subjective-right-add': '2',
      'subjective-right-acuity': '6/5',
      'subjective-left-sphere': 'plano',
      'subjective-left-cylinder': '0.00',
      'subjective-left-axis': '180',
      'subjective-pdfar': '62.5',
      'own2-left-sphere': '+1',
      'own2-left-prism': '3',
      'own2-left-base': 'in',
      'own2-left-secondprism': '1.5',
      'own2-left-secondbase': 'up',
      'subjective-right-middleadd': '1',
      'subjective-right-pdfar': '31.5',
      'subjective-left-pdnear': '29',
      'pressure1-left': '17',
      'pressure1-method': 'nct',
      'pressure2-right': 'unable',
      'pressure2-time': '9:05',
      'pressure3-method': 'goldmann',
      'test-cct-right': '532',
      'test-cover-far-both': 'Exophoria',
    });
    expect(data?.measurements).toEqual({
      format: 2,
      right: { acuity: { unaided: { base: 95 }, pinhole: { base: 110 } } },
      left: { acuity: {}, near: { glasses: { as: 'N8' } } },
      both: { acuity: { glasses: { base: 99, as: '6/9p' } } },
      refractions: [
        {
          kind: 'own',
          left: { sphere: 4, cylinder: 0, prism: 12, base: 'in', secondPrism: 6, secondBase: 'up' },
        },
        {
          kind: 'subjective',
          right: {
            sphere: -5,
            cylinder: -2,
            axis: 180,
            add: 8,
            middleAdd: 4,
            pdFar: 63,
            acuity: { base: 114 },
          },
          left: { sphere: 0, cylinder: 0, pdNear: 58 },
          pdFar: 125,
        },
      ],
      // The third has a method and no reading: it says nothing, and its method is taken over by nobody.
      pressures: [
        { left: { mmHg: 17 }, method: 'nct' },
        { right: { word: 'could-not' }, time: '09:05' },
      ],
      tests: { cct: { right: '532' }, 'cover-far': { both: 'Exophoria' } },
    });
    expect(data && bestAcuity(data.measurements, 'right')).toBe(114);
    expect(data && hasMeasurements(data.measurements)).toBe(true);
  });

  it('keeps which device a value is from, and no device of a box that is empty', () => {
    const { data } = parse({
      'test-cct-right': '532',
      'test-cct-right-source': 'NIDEK NT-530P, changed by hand',
      'test-cct-left-source': 'NIDEK NT-530P',
      'right-unaided': '6/12',
      'right-unaided-source': 'Maker Refractor',
      'right-pinhole': '6/6',
    });
    expect(data?.measurements.sources).toEqual({
      'test-cct-right': 'NIDEK NT-530P, changed by hand',
      'right-unaided': 'Maker Refractor',
    });
  });

  it('refuses a second prism without a first, without a base, or in the same direction, and a middle add too strong', () => {
    const lens = { 'own-right-sphere': '-1', 'own-right-add': '2', 'own-right-middleadd': '2' };
    const first = { 'own-right-prism': '2', 'own-right-base': 'in' };
    const second = { 'own-right-secondprism': '1', 'own-right-secondbase': 'out' };
    expect(problems({ ...lens, ...first, ...second })).toEqual({
      'own-right-secondbase': 'The second prism stands across the first: one up or down, one in or out.',
      'own-right-middleadd': 'The addition for the middle distance is less than that for reading.',
    });
    expect(problems({ 'own-right-sphere': '-1', ...second })).toEqual({
      'own-right-prism': 'Write the first prism before a second one.',
    });
    expect(problems({ 'own-right-sphere': '-1', ...first, 'own-right-secondprism': '1' })).toEqual({
      'own-right-secondbase': 'Choose the base of the second prism.',
    });
    expect(problems({ 'own-right-sphere': '-1', 'own-right-pdfar': '63' })).toHaveProperty('own-right-pdfar');
  });

  it('has complaints with their eye, and a complaint without one is asked about', () => {
    const chip = { 'complaint1-what': 'Redness', 'complaint1-side': 'left', 'complaint1-since': '3d' };
    const more = { 'complaint3-what': 'Headache', 'complaint3-side': 'none', 'complaint3-worse': 'Reading' };
    expect(parse({ ...chip, ...more }).data?.measurements.complaints).toEqual([
      { what: 'Redness', side: 'left', since: '3 days' },
      { what: 'Headache', side: 'none', worse: 'Reading' },
    ]);
    expect(hasMeasurements(parse(chip).data?.measurements ?? NO_MEASUREMENTS)).toBe(false);
    expect(
      problems({ 'complaint1-what': 'Redness', 'complaint2-since': '3 days', 'complaint3-side': 'left' }),
    ).toEqual({ 'complaint1-side': 'Say which eye.', 'complaint2-what': 'Write the complaint.' });
    expect(problems({ ...chip, 'complaint1-since': '3' })).toHaveProperty('complaint1-since');
  });

  it('has results as figures within their bounds, below zero where a field is lost', () => {
    const result = (key: string, typed: string) =>
      parse({ [`test-${key}-left`]: typed }).data?.measurements.tests?.[key]?.left;
    expect(result('field-md', '−12.34')).toBe('-12.34');
    expect(result('field-vfi', '87')).toBe('87');
    expect(result('cmt', 'could not')).toBe('Could not');
    expect(result('lens-constant', '118,7')).toBe('118.7');
    for (const [key, typed] of [
      ['field-md', '-36'],
      ['field-vfi', '101'],
      ['cmt', '-250'],
      ['cells', '2500.5'],
    ] as const)
      expect(problems({ [`test-${key}-left`]: typed }), key).toHaveProperty(`test-${key}-left`);
  });

  it('is refused where it makes no lens, beside the field', () => {
    const lens = (eye: string, part: string) => `subjective-${eye}-${part}`;
    expect(problems({ [lens('right', 'cylinder')]: '-1', [lens('left', 'axis')]: '90' })).toEqual({
      [lens('right', 'sphere')]: 'Write the sphere too; plano for none.',
      [lens('right', 'axis')]: 'Write the axis of the cylinder.',
      [lens('left', 'sphere')]: 'Write the sphere too; plano for none.',
      [lens('left', 'cylinder')]: 'Write the cylinder of this axis, or no axis.',
    });
    expect(
      problems({
        [lens('left', 'sphere')]: '-1',
        [lens('left', 'cylinder')]: '-1',
        [lens('left', 'axis')]: '200',
      }),
    ).toEqual({ [lens('left', 'axis')]: 'Write degrees from 1 to 180; 200 is the direction of 20.' });
    for (const [name, typed] of [
      ['right-unaided', '0.5'],
      ['right-near-unaided', '6'],
      ['pressure1-left', '81'],
      ['pressure1-left', '-4'],
      ['pressure1-left', '1e1'],
      ['pressure1-time', '25:00'],
      ['pressure1-method', 'thumb'],
      [lens('left', 'sphere'), '+31'],
      [lens('left', 'sphere'), '-25'],
      [lens('left', 'sphere'), '1.25'],
      [lens('left', 'prism'), '2'],
      ['subjective-pdfar', '90'],
      ['test-cct-left', '5320'],
      ['test-k1-right', 'steep'],
    ] as const)
      expect(Object.keys(problems({ [name]: typed })), `${name} ${typed}`).not.toEqual([]);
    expect(problems({ [lens('left', 'sphere')]: { $ne: null } })).toHaveProperty(lens('left', 'sphere'));
    expect(problems({ 'test-pupil-left': 'x'.repeat(201) })).toHaveProperty('test-pupil-left');
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

  it('keeps rows, targets, orders and a diagnosis in words', () => {
    const { data } = parse({
      'row-disc-right': 'Inferior notch',
      'row-cornea-left': 'n',
      'row-cup-right': '.8',
      'row-macula-left': 'x',
      'target-left': '14',
      'investigation1-what': 'OCT disc',
      'investigation1-side': 'both',
      'procedure2-what': 'YAG iridotomy',
      'procedure2-side': 'left',
      'procedure2-urgency': 'urgent',
      diagnoses: ['H40.1:both', '~Retinitis pigmentosa sine pigmento:none'],
    });
    expect(data?.assessment).toEqual({
      rows: {
        cornea: { left: 'Clear' },
        disc: { right: 'Inferior notch' },
        cup: { right: '0.8' },
        macula: { left: 'Could not be seen' },
      },
      findings: {},
      diagnoses: [
        { code: 'H40.1', side: 'both' },
        { code: '', side: 'none', text: 'Retinitis pigmentosa sine pigmento' },
      ],
      targets: { left: 14 },
      orders: [
        { kind: 'investigation', what: 'OCT disc', side: 'both', urgency: 'routine' },
        { kind: 'procedure', what: 'YAG iridotomy', side: 'left', urgency: 'urgent' },
      ],
    });
    const refused = { 'row-cup-right': '1.4', 'target-left': '50', 'investigation1-what': 'OCT disc' };
    expect(
      parse(refused)
        .error?.issues.map(({ path }) => path[0])
        .sort(),
    ).toEqual(['investigation1-side', 'row-cup-right', 'target-left']);
  });

  it.each([
    ['cup', '0.85', '0.85'],
    ['cup', '.65', '0.65'],
    ['cup', '0.7:1', '0.7'],
    ['cup', '0.6 / 1', '0.6'],
    ['cup', '1', '1.0'],
    ['cup', '0.83', null],
    ['cup', '-0.2', null],
    ['locs-nuclear', 'NO3', '3.0'],
    ['locs-nuclear', 'nc 4.2', '4.2'],
    ['locs-cortical', 'C2', '2.0'],
    ['locs-posterior', 'p1', '1.0'],
    ['locs-nuclear', '3.25', null],
    ['locs-nuclear', '7', null],
  ])('reads %s as doctors write it: %s', (row, typed, stored) => {
    const read = parse({ [`row-${row}-right`]: typed });
    if (stored === null)
      expect(read.error?.issues[0]?.message).toMatch(/^Write .* (in tenths|steps of 0.05)/);
    else expect(read.data?.assessment.rows?.[row]?.right).toBe(stored);
  });

  it('says everything that is wrong at once', () => {
    const wrong = { diagnoses: ['H25.1:'], 'row-cup-right': '1.4', drawing: '{' };
    expect(
      parse(wrong)
        .error?.issues.map(({ path }) => path[0])
        .sort(),
    ).toEqual(['diagnoses', 'drawing', 'row-cup-right']);
  });

  it.each([
    ['a code that is none', { diagnoses: ['H99.9:left'] }],
    ['two letters as words', { diagnoses: ['~RP:left'] }],
    ['a side that is none', { diagnoses: ['H25.1:up'] }],
    ['a diagnosis twice', { diagnoses: ['H25.1:left', 'H25.1:right'] }],
    ['an operator', { diagnoses: { $ne: null } }],
    ['too many words', { plan: 'x'.repeat(2_001) }],
    ['a time that is none', { reviewWeeks: '3' }],
  ])('is refused with %s', (_, fields) => expect(parse(fields).success).toBe(false));

  it('finds a diagnosis by words, abbreviations and codes, each once', () => {
    const first = (typed: string) => findDiagnoses(typed)[0]?.code;
    expect(findDiagnoses('cataract nuc').map(({ code }) => code)).toEqual(['H25.1']);
    const wanted = {
      ...{
        POAG: 'H40.1',
        PCO: 'H26.4',
        NPDR: 'H36.0',
        MGD: 'H01.0',
        AMD: 'H35.3',
        h251: 'H25.1',
        'H25.1': 'H25.1',
      },
      ...{
        ARMD: 'H35.3',
        CRVO: 'H34.8',
        BRVO: 'H34.8',
        IIH: 'G93.2',
        PDR: 'H36.0',
        ROP: 'H35.1',
        DR: 'H36.0',
      },
      ...{
        papilledema: 'H47.1',
        hemorrhage: 'H11.3',
        trachoma: 'A71.9',
        esotropia: 'H50.0',
        cataract: 'H26.8',
      },
    };
    for (const [typed, code] of Object.entries(wanted))
      expect([code, findDiagnoses(typed).map((one) => one.code)], typed).toEqual([
        code,
        expect.arrayContaining([code]),
      ]);
    expect([first('POAG'), first('PCO'), first('MGD'), first('E11'), first('ROP')]).toEqual([
      'H40.1',
      'H26.4',
      'H01.0',
      'E11.3',
      'H35.1',
    ]);
    expect(first('DR')).toBe('H36.0');
    expect(findDiagnoses('zzz')).toEqual([]);
    expect(new Set(DIAGNOSIS_CODES).size).toBe(DIAGNOSIS_CODES.length);
    expect(DIAGNOSIS_CODES.every((code) => /^[A-Z]\d\d(\.\d)?$/.test(code))).toBe(true);
    // Chapter VII, each of its categories with all that stand below it.
    const below = (category: string) =>
      DIAGNOSIS_CODES.filter((code) => code.startsWith(category)).map((code) => code.slice(4));
    for (const [category, digits] of Object.entries(CHAPTER_VII))
      expect([category, below(category).sort().join('')]).toEqual([category, digits]);
    expect(DIAGNOSIS_CODES.filter((code) => /^H[0-5]/.test(code)).map((code) => code.slice(0, 3))).toEqual(
      expect.arrayContaining(Object.keys(CHAPTER_VII)),
    );
    expect(diagnosisName('H25.1')).toBe('Nuclear cataract');
    expect(diagnosisName('constructor')).toBe('constructor');
    expect(isOfEye('both', 'left') && isOfEye('none', 'right') && !isOfEye('left', 'right')).toBe(true);
  });
});
