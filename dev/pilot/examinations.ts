import { ACUITIES } from '@/features/record/examinations/acuity';
import { beforeText, knownAfter } from '@/features/record/examinations/earlier-readings';
import type { Findings } from '@/features/record/examinations/finding-rows';
import { examinationModel } from '@/features/record/examinations/model';
import type {
  Assessment,
  Before,
  Diagnosis,
  Measurements,
  Side,
} from '@/features/record/examinations/policy';
import type { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { sealRows } from './seal';

type Random = () => number;

/** What a person has, and how well each eye sees: a place in ACUITIES, the best first. */
export type Story = {
  code: string;
  side: Side;
  right: number;
  left: number;
  pressure: number;
  isOperated: boolean;
};

/** Common diagnoses by the age from which they come, with how often. */
const BY_AGE: readonly { from: number; to: number; code: string; share: number }[] = [
  { from: 0, to: 15, code: 'H52.1', share: 4 },
  { from: 0, to: 15, code: 'H53.0', share: 2 },
  { from: 0, to: 40, code: 'H10.1', share: 3 },
  { from: 10, to: 45, code: 'H52.1', share: 5 },
  { from: 10, to: 60, code: 'H52.2', share: 2 },
  { from: 15, to: 90, code: 'H04.1', share: 2 },
  { from: 20, to: 70, code: 'H11.0', share: 2 },
  { from: 40, to: 65, code: 'H52.4', share: 4 },
  { from: 45, to: 90, code: 'H36.0', share: 2 },
  { from: 45, to: 90, code: 'H40.1', share: 2 },
  { from: 55, to: 90, code: 'H25.1', share: 6 },
  { from: 55, to: 90, code: 'H25.9', share: 3 },
  { from: 60, to: 90, code: 'H35.3', share: 1 },
  { from: 0, to: 90, code: 'Z01.0', share: 1 },
];
const LENSES: ReadonlySet<string> = new Set(['H52.1', 'H52.2', 'H52.4', 'H53.0', 'Z01.0']);
const CATARACTS: ReadonlySet<string> = new Set(['H25.1', 'H25.9']);
const SIDES: readonly Side[] = ['right', 'left', 'both', 'both'];
const WORST = ACUITIES.length - 1;

export function storyOf(age: number, random: Random): Story {
  const possible = BY_AGE.filter(({ from, to }) => age >= from && age < to);
  let at = random() * possible.reduce((sum, { share }) => sum + share, 0);
  const code =
    possible.find(({ share }) => {
      at -= share;
      return at <= 0;
    })?.code ?? 'Z01.0';
  const side = LENSES.has(code) ? 'both' : (SIDES[Math.floor(random() * SIDES.length)] ?? 'both');
  const seen = (isIll: boolean) =>
    Math.floor(3 + random() * 3) + (isIll && !LENSES.has(code) ? Math.floor(random() * 7) : 0);
  return {
    code,
    side,
    right: seen(side !== 'left'),
    left: seen(side !== 'right'),
    pressure: code === 'H40.1' ? 22 + Math.floor(random() * 8) : 11 + Math.floor(random() * 9),
    isOperated: false,
  };
}

/**
 * What has happened by the next visit: cataracts get worse until they are operated, treated pressure falls.
 */
function livedOn(story: Story, random: Random): Story {
  const isCataract = CATARACTS.has(story.code);
  const isOperated = story.isOperated || (isCataract && random() < 0.4);
  const next = (place: number, isIll: boolean): number => {
    if (isCataract && isIll && isOperated && !story.isOperated) return 3 + Math.floor(random() * 3);
    const drift = isIll && !isOperated && random() < 0.3 ? 1 : random() < 0.15 ? -1 : 0;
    return Math.min(WORST, Math.max(1, place + drift));
  };
  return {
    ...story,
    isOperated,
    right: next(story.right, story.side !== 'left'),
    left: next(story.left, story.side !== 'right'),
    pressure:
      story.code === 'H40.1' ? Math.max(14, story.pressure - Math.floor(random() * 4)) : story.pressure,
  };
}

const baseAt = (place: number): number => ACUITIES[Math.min(WORST, Math.max(0, place))]?.base ?? 110;

/** What optometry would write down at this point of the story. */
export function measurementsOf(story: Story, random: Random): Measurements {
  const acuity = (place: number) => ({
    unaided: { base: baseAt(place + 2) },
    refraction: { base: baseAt(place) },
  });
  const lens = () => ({
    sphere: Math.round((random() - 0.6) * 16),
    cylinder: -2,
    axis: 10 + Math.floor(random() * 160),
  });
  const mmHg = () => ({ mmHg: story.pressure + Math.floor(random() * 3) });
  const [right, left] = [
    { lens: lens(), pressure: mmHg() },
    { lens: lens(), pressure: mmHg() },
  ];
  return {
    format: 2,
    right: { acuity: acuity(story.right), near: { refraction: { as: 'N6' } } },
    left: { acuity: acuity(story.left), near: { refraction: { as: 'N6' } } },
    refractions: [{ kind: 'subjective', right: right.lens, left: left.lens, pdFar: 124 }],
    pressures: [{ right: right.pressure, left: left.pressure, method: 'nct', time: '10:10' }],
    ...(story.code === 'H40.1' ? { tests: { cct: { right: '532', left: '528' } } } : {}),
  };
}

/** What is seen at the slit lamp with it. */
function rowsOf(code: string, isOperated: boolean): Findings {
  const both = (text: string) => ({ right: text, left: text });
  return {
    cornea: both('Clear'),
    chamber: both('Deep and quiet'),
    lens: both(isOperated ? 'PCIOL' : CATARACTS.has(code) ? 'Nuclear sclerosis 2+' : 'Clear'),
    cup: code === 'H40.1' ? { right: '0.8', left: '0.7' } : both('0.3'),
    macula: both(code === 'H35.3' ? 'Drusen' : 'Foveal reflex present'),
  };
}

/** And the doctor. */
export function assessmentOf({ code, side, isOperated }: Story): Assessment {
  const diagnoses: Diagnosis[] = isOperated
    ? [
        { code: 'Z96.1', side },
        { code, side },
      ]
    : [{ code, side }];
  return {
    complaint: 'Blurred vision',
    rows: rowsOf(code, isOperated),
    findings: {},
    diagnoses,
    ...(code === 'H40.1'
      ? {
          targets: { right: 16, left: 16 },
          orders: [
            {
              kind: 'investigation' as const,
              what: 'Visual field',
              side: 'both' as const,
              urgency: 'routine' as const,
            },
          ],
        }
      : {}),
    plan: CATARACTS.has(code) && !isOperated ? 'Cataract surgery advised' : 'Review',
    reviewWeeks: 26,
  };
}

type Id = ReturnType<typeof newObjectId>;
type Visit = {
  _id: Id;
  patientId: Id;
  day: string;
  startedAt: Date;
  finishedAt: Date;
  patient: { dateOfBirth: string };
  doctorName?: string;
};

/** Examinations of past visits, in the order of the visits; sealed as the model would, many at a time. */
export class ExaminationHistory {
  readonly #ctx: TenantContext;
  readonly #random: Random;
  readonly #people = new Map<string, { story: Story; before: Before }>();
  #rows: { visit: Visit; measurements: Measurements; assessment: Assessment; before: Before }[] = [];

  constructor(ctx: TenantContext, random: Random) {
    this.#ctx = ctx;
    this.#random = random;
  }

  /** One in ten visits ends without an examination. */
  add(visit: Visit): void {
    if (this.#random() < 0.1) return;
    const key = visit.patientId.toString();
    const age = Number(visit.day.slice(0, 4)) - Number(visit.patient.dateOfBirth.slice(0, 4));
    const known = this.#people.get(key);
    const story = known ? livedOn(known.story, this.#random) : storyOf(age, this.#random);
    const before = known?.before ?? {};
    const measurements = measurementsOf(story, this.#random);
    this.#people.set(key, { story, before: knownAfter(before, measurements) });
    this.#rows.push({
      visit,
      measurements,
      assessment: assessmentOf(story),
      before,
    });
  }

  async write(): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length === 0) return;
    const sealed = await sealRows(
      this.#ctx,
      'examinations',
      rows.map(({ visit, measurements, assessment, before }) => {
        const known = beforeText(before);
        const at = visit.finishedAt;
        const doctorName = visit.doctorName ?? 'Pilot';
        return {
          _id: visit._id,
          patientId: visit.patientId,
          day: visit.day,
          startedAt: visit.startedAt,
          measurements: JSON.stringify(measurements),
          measurementsVersion: 1,
          measuredAt: at,
          measuredByName: 'Pilot',
          assessment: JSON.stringify(assessment),
          assessmentVersion: 1,
          assessedAt: at,
          assessedByName: doctorName,
          signedAt: at,
          signedByName: doctorName,
          ...(known ? { before: known } : {}),
          createdAt: visit.startedAt,
          updatedAt: at,
          __v: 0,
        };
      }),
    );
    await examinationModel(this.#ctx).collection.insertMany(sealed, { ordered: false });
  }
}
