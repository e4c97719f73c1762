import { ACUITIES } from '@/features/record/examinations/acuity';
import type { TestResults } from '@/features/record/examinations/eye-tests';
import { EYES, type Eye, type EyeMeasures, type Measurements } from '@/features/record/examinations/policy';
import type { Refraction } from '@/features/record/examinations/refraction';
import { between, type Random } from './chance';
import type { Story } from './stories';

const WORST = ACUITIES.length - 1;
const baseAt = (place: number): number => ACUITIES[Math.min(WORST, Math.max(0, place))]?.base ?? 110;

/** From here on near vision needs help. */
const READING_AGE = 42;
const readingAdd = (age: number): number => Math.min(12, 4 + Math.floor((age - READING_AGE) / 3));

function lensNow({ lens, age, isOperated, side }: Story, eye: Eye): Refraction {
  const { sphere, cylinder, axis } = lens[eye];
  const isPlastic = isOperated && (side === 'both' || side === eye);
  return {
    sphere: isPlastic ? Math.sign(sphere) : sphere,
    cylinder,
    ...(cylinder === 0 ? {} : { axis }),
    ...(age >= READING_AGE ? { add: readingAdd(age) } : {}),
  };
}

/** Results as numbers, where this visit has some. */
function testsOf(story: Story, random: Random): TestResults {
  const { kind, seen, thickness, fibres, field, macula } = story;
  const each = (of: (eye: Eye) => number | string) => ({
    right: String(Number(of('right'))),
    left: String(Number(of('left'))),
  });
  const tests: TestResults = {};
  if (kind === 'glaucoma' && seen === 0) tests.cct = each((eye) => thickness[eye]);
  if (kind === 'glaucoma' && seen % 2 === 0) {
    tests['field-md'] = each((eye) => ((field[eye] + between(random, -40, 40)) / 100).toFixed(2));
    tests['field-psd'] = each((eye) => (2 + Math.abs(field[eye]) / 180).toFixed(2));
    tests['field-vfi'] = each((eye) => Math.max(0, Math.round(100 + field[eye] / 30)));
    tests['field-reliability'] = { right: 'Reliable', left: 'Reliable' };
  }
  if (kind === 'glaucoma' && seen % 3 === 0) tests.rnfl = each((eye) => fibres[eye]);
  if (kind === 'diabetic') {
    tests.cmt = each((eye) => macula[eye]);
    tests['blood-sugar'] = { both: String(between(random, 118, 246)) };
    tests['blood-pressure'] = { both: `${between(random, 118, 158)}/${between(random, 72, 96)}` };
  }
  if (kind === 'cataract' && !story.isOperated) {
    tests['axial-length'] = each((eye) => (23.1 - story.lens[eye].sphere / 12).toFixed(2));
    tests.k1 = each(() => (43 + random() * 1.5).toFixed(2));
    tests.k2 = each(() => (44 + random() * 1.5).toFixed(2));
    tests['lens-power'] = each((eye) => (21 + Math.round(story.lens[eye].sphere / 2) / 2).toFixed(1));
  }
  if (kind === 'dry') tests.tbut = each(() => between(random, 4, 9));
  if (kind === 'squint')
    tests['cover-far'] = { both: story.side === 'left' ? 'Left esotropia' : 'Right esotropia' };
  return tests;
}

/** What optometry would write down at this point of the story. */
export function measurementsOf(story: Story, random: Random): Measurements {
  const { kind, age, sees, mmHg, pupils, seen } = story;
  const eyeOf = (eye: Eye): EyeMeasures => {
    const isHelped = Math.abs(story.lens[eye].sphere) > 2;
    return {
      acuity: {
        unaided: { base: baseAt(sees[eye] + (isHelped ? between(random, 2, 4) : between(random, 0, 1))) },
        ...(kind === 'cataract' || kind === 'macula' ? { pinhole: { base: baseAt(sees[eye]) } } : {}),
        refraction: { base: baseAt(sees[eye]) },
      },
      ...(age >= READING_AGE ? { near: { refraction: { as: sees[eye] > 6 ? 'N12' : 'N6' } } } : {}),
    };
  };
  const [right, left] = [lensNow(story, 'right'), lensNow(story, 'left')];
  const withReading = (eye: Eye, lens: Refraction) => ({ ...lens, acuity: { base: baseAt(sees[eye]) } });
  const isQuick = kind === 'red' || kind === 'foreign-body' || kind === 'ulcer' || kind === 'lid';
  const auto = (lens: Refraction) => {
    const { add: _, ...far } = lens;
    return { ...far, sphere: far.sphere + between(random, -1, 1) };
  };
  const tests = testsOf(story, random);
  const isGoldmann = kind === 'glaucoma' || mmHg.right > 21;
  const at = (eye: Eye) => ({ mmHg: mmHg[eye] + between(random, 0, 1) });
  return {
    format: 2,
    right: eyeOf('right'),
    left: eyeOf('left'),
    refractions:
      isQuick && seen > 0
        ? []
        : [
            { kind: 'auto', right: auto(right), left: auto(left) },
            {
              kind: kind === 'child' || kind === 'squint' ? 'cycloplegic' : 'subjective',
              right: withReading('right', right),
              left: withReading('left', left),
              pdFar: pupils,
              ...(age >= READING_AGE ? { pdNear: pupils - 6 } : {}),
            },
          ],
    pressures:
      age < 8
        ? []
        : [
            {
              right: at('right'),
              left: at('left'),
              method: isGoldmann ? 'goldmann' : 'nct',
              time: `${between(random, 9, 16)}:${between(random, 10, 59)}`.padStart(5, '0'),
            },
          ],
    ...(Object.keys(tests).length > 0 ? { tests } : {}),
  };
}

/** The lenses that glasses are written with. */
export const glassesOf = (story: Story): Record<Eye, Refraction> =>
  Object.fromEntries(EYES.map((eye) => [eye, lensNow(story, eye)])) as Record<Eye, Refraction>;
