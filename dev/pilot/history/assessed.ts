import type { Mark } from '@/features/record/examinations/drawings';
import type { Findings } from '@/features/record/examinations/finding-rows';
import type { Order } from '@/features/record/examinations/orders';
import {
  type Assessment,
  type Diagnosis,
  EYES,
  type Eye,
  type Side,
} from '@/features/record/examinations/policy';
import type { Story, StoryKind } from './stories';

const COMPLAINT: Record<StoryKind, string> = {
  lenses: 'Blurred vision',
  child: 'Cannot see the board at school',
  squint: 'Squint noticed by the parents',
  red: 'Redness, itching and watering',
  dry: 'Dryness and burning in the evening',
  cataract: 'Gradual loss of vision',
  glaucoma: 'Glaucoma check',
  diabetic: 'Diabetic eye check, blurred vision',
  pterygium: 'Fleshy growth, redness in the sun',
  macula: 'Straight lines look bent',
  'foreign-body': 'Something fell into the eye at work',
  ulcer: 'Pain, redness and watering after a leaf hit the eye',
  lid: 'Painful swelling of the lid',
  'after-cataract': 'Blurred again after the cataract operation',
  normal: 'Headache',
};

const inOrder = (side: Side): Eye[] => EYES.filter((eye) => side === 'both' || side === eye);
const REVIEW_WEEKS = [1, 2, 4, 6, 13, 26, 52] as const;

function diagnosesOf({ kind, side, age, isOperated, lens, seen }: Story): Diagnosis[] {
  switch (kind) {
    case 'lenses':
      if (age >= 42) return [{ code: 'H52.4', side: 'both' }];
      if (lens.right.sphere < 0) return [{ code: 'H52.1', side: 'both' }];
      return [{ code: lens.right.cylinder === 0 ? 'H52.0' : 'H52.2', side: 'both' }];
    case 'child':
      return [{ code: 'H52.1', side: 'both' }];
    case 'squint':
      return [
        { code: 'H50.0', side },
        { code: 'H53.0', side },
      ];
    case 'red':
      return [{ code: age % 2 === 0 ? 'H10.1' : 'H10.0', side: 'both' }];
    case 'dry':
      return [{ code: 'H04.1', side }];
    case 'cataract': {
      const cataract = { code: age % 3 === 0 ? 'H25.9' : 'H25.1', side };
      return isOperated ? [{ code: 'Z96.1', side }, cataract] : [cataract];
    }
    case 'after-cataract':
      return [
        { code: 'H26.4', side },
        { code: 'Z96.1', side },
      ];
    case 'glaucoma':
      return [{ code: age % 4 === 0 ? 'H40.2' : 'H40.1', side: 'both' }];
    case 'diabetic':
      return [
        { code: 'H36.0', side: 'both' },
        { code: 'E11.3', side: 'none' },
      ];
    case 'pterygium':
      return [{ code: 'H11.0', side }];
    case 'macula':
      return [{ code: 'H35.3', side: 'both' }];
    case 'foreign-body':
      return [{ code: seen === 0 ? 'T15.0' : 'S05.0', side }];
    case 'ulcer':
      return [{ code: 'H16.0', side }];
    case 'lid':
      return [{ code: age % 2 === 0 ? 'H00.0' : 'H00.1', side }];
    case 'normal':
      return [
        { code: 'Z01.0', side: 'both' },
        { code: 'R51', side: 'none' },
      ];
  }
}

/** What is seen from front to back: normal, and what the story has of its own. */
function rowsOf(story: Story): Findings {
  const { kind, side, isOperated, cup, macula, age } = story;
  const on = (eye: Eye) => side === 'both' || side === eye;
  const each = (ill: string, well: string) => ({
    right: on('right') ? ill : well,
    left: on('left') ? ill : well,
  });
  const both = (text: string) => ({ right: text, left: text });
  const when = (wanted: StoryKind, ill: string, well: string) =>
    kind === wanted ? each(ill, well) : both(well);
  const cataract = age % 3 === 0 ? 'Posterior subcapsular cataract' : 'Nuclear sclerosis 2+';
  const old = age > 55 ? 'Nuclear sclerosis 1+' : 'Clear';
  return {
    lids: when('lid', age % 2 === 0 ? 'Stye' : 'Chalazion', 'Normal'),
    conjunctiva:
      kind === 'pterygium' ? each('Pterygium', 'Quiet') : when('red', 'Congestion, papillae', 'Quiet'),
    cornea:
      kind === 'ulcer'
        ? each('Ulcer, 2 mm, with infiltrate', 'Clear')
        : kind === 'foreign-body'
          ? each('Foreign body', 'Clear')
          : when('dry', 'Punctate staining', 'Clear'),
    chamber: both('Deep and quiet'),
    lens:
      kind === 'after-cataract'
        ? each('PCIOL with PCO', old)
        : kind === 'cataract'
          ? each(isOperated ? 'PCIOL' : cataract, old)
          : both(old),
    ...(kind === 'glaucoma' ? { angle: both(age % 4 === 0 ? 'Nasal closed' : 'Open in all quadrants') } : {}),
    disc: when('glaucoma', 'Glaucomatous cupping', 'Healthy, pink'),
    cup: { right: (cup.right / 10).toFixed(1), left: (cup.left / 10).toFixed(1) },
    macula:
      kind === 'diabetic'
        ? { right: macula.right > 300 ? 'CSME' : 'Exudates', left: macula.left > 300 ? 'CSME' : 'Exudates' }
        : when('macula', 'Drusen', 'Foveal reflex present'),
    ...(kind === 'diabetic' ? { retinopathy: both('Moderate NPDR') } : {}),
    vessels: both(age > 60 ? 'AV nicking' : 'Normal'),
  };
}

type Stamp = { stamp: string; x: number; y: number };
const stamps = (stamp: string, ...places: readonly [x: number, y: number][]): Stamp[] =>
  places.map(([x, y]) => ({ stamp, x, y }));

/** What a doctor would draw at the first visit. */
function drawingOf({ kind, side, seen }: Story): Assessment['drawings'] {
  if (seen > 0) return undefined;
  const drawn = (marks: Mark[]) => Object.fromEntries(inOrder(side).map((eye) => [eye, marks]));
  switch (kind) {
    case 'diabetic':
      return {
        fundus: drawn([
          ...stamps('haemorrhage', [120, 140], [260, 110], [290, 250], [150, 280]),
          ...stamps('exudate', [215, 190], [235, 215], [205, 225]),
          { ink: 'yellow', stroke: [200, 185, 215, 180, 232, 186, 240, 204, 236, 222, 220, 232] },
        ]),
      };
    case 'ulcer':
      return {
        cornea: drawn([
          ...stamps('ulcer', [180, 230]),
          { ink: 'yellow', stroke: [160, 215, 175, 205, 198, 212, 206, 232, 192, 250, 170, 246, 160, 228] },
        ]),
      };
    case 'foreign-body':
      return { cornea: drawn(stamps('foreign-body', [240, 170])) };
    case 'pterygium':
      return {
        cornea: drawn([
          ...stamps('vessel', [90, 190], [95, 215]),
          { ink: 'red', stroke: [40, 170, 80, 180, 120, 195, 150, 205, 120, 215, 80, 228, 40, 240] },
        ]),
      };
    case 'lid':
      return { lids: drawn(stamps('chalazion', [230, 120])) };
    default:
      return undefined;
  }
}

const test = (what: string, side: Side = 'both'): Order => ({
  kind: 'investigation',
  what,
  side,
  urgency: 'routine',
});

function ordersOf({ kind, side, seen, isOperated }: Story): Order[] {
  switch (kind) {
    case 'cataract':
      return isOperated || seen > 1
        ? []
        : [test('Biometry'), { kind: 'procedure', what: 'Cataract surgery', side, urgency: 'routine' }];
    case 'glaucoma':
      return [
        ...(seen === 0 ? [test('Pachymetry'), test('Gonioscopy')] : []),
        ...(seen % 2 === 0 ? [test('Visual field')] : []),
        ...(seen % 3 === 0 ? [test('OCT disc')] : []),
      ];
    case 'diabetic':
      return [test('OCT macula'), ...(seen === 0 ? [test('Fundus photo')] : [])];
    case 'macula':
      return seen % 2 === 0 ? [test('OCT macula')] : [];
    default:
      return [];
  }
}

function planOf({ kind, seen, isOperated }: Story): string {
  if (kind === 'cataract')
    return isOperated ? 'Continue the drops and taper them' : 'Cataract surgery advised';
  const plans: Partial<Record<StoryKind, string>> = {
    lenses: 'New glasses advised',
    child: 'Full-time glasses; outdoor play two hours a day',
    squint: 'Patching of the better eye 4 hours a day',
    red: 'No rubbing of the eyes',
    dry: 'Lubricating drops; rest from screens every 20 minutes',
    glaucoma: 'Drops every day without a gap',
    diabetic: 'Good control of blood sugar and pressure',
    pterygium: 'Protective glasses outdoors',
    macula: 'Amsler grid at home; come at once when lines bend more',
    'foreign-body': 'Foreign body removed under the slit lamp',
    ulcer: 'Scraping sent; drops every hour day and night',
    lid: 'Warm compresses and lid hygiene',
    'after-cataract': seen === 0 ? 'YAG capsulotomy today' : 'No treatment',
  };
  return plans[kind] ?? 'Reassured';
}

/**
 * How a visit is left: the doctor's part of the examination.
 * @param returnInDays null when nobody is asked to come back
 */
export function assessmentOf(story: Story, returnInDays: number | null = 182): Assessment {
  const orders = ordersOf(story);
  const drawings = drawingOf(story);
  const weeks =
    returnInDays === null ? undefined : REVIEW_WEEKS.findLast((one) => one * 7 <= Math.max(7, returnInDays));
  return {
    complaint: COMPLAINT[story.kind],
    rows: rowsOf(story),
    findings: {},
    ...(drawings ? { drawings } : {}),
    diagnoses: diagnosesOf(story),
    ...(story.kind === 'glaucoma' ? { targets: { right: 17, left: 17 } } : {}),
    ...(orders.length > 0 ? { orders } : {}),
    plan: planOf(story),
    ...(weeks ? { reviewWeeks: weeks } : {}),
  };
}
