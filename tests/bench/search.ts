import { nameKeysOf, patientNumberOf, sortNameOf } from '@/features/patients/patients/keys';
import { patientModel } from '@/features/patients/patients/model';
import { searchPatients } from '@/features/patients/patients/search';
import { soundKeysOf, soundOf } from '@/features/patients/patients/sounds';
import { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { ms, percentile, printRows, type Row, times } from './report';

const MANY = Number(process.env.BENCH_PATIENTS ?? 1_000_000);
const FEW = 1_000;
const LOOKS = 30;
const BATCH = 2_000;
const SHOWN = 10;

const FIRST = ['Lakshmi', 'Mohan', 'Saroj', 'Anil', 'Sunita', 'Ravi', 'Meena', 'Farida', 'Gopal', 'Zubin'];
const LAST = ['Iyer', 'Gehlot', 'Das', 'Chaudhary', 'Rawat', 'Nair', 'Khan', 'Patel', 'Reddy', 'Fernandes'];
/** Names in use differ: two syllables more make a thousand of each ten. */
const SYLLABLES = ['', 'ba', 'dev', 'gan', 'jit', 'kar', 'lal', 'man', 'nath', 'raj'];

/** As they are typed: spelled otherwise, with the year, and a name that nobody has. */
const TYPED = ['Laxmi Ayer', 'laxmi iyer 1958', 'Zyxwv'] as const;
/** Names that thousands among a million share: measured, and judged by what is read. */
const SHARED = ['Gehlott', 'Mohn Das', 'choudhury'] as const;
/**
 * The same and an unfinished one, judged by what is read: the embedded server walks every key of a range
 * before it looks at the limit, so the time of a prefix that a tenth of all share says nothing of MongoDB's.
 */
const READ: [what: string, key: 'nameKeys' | 'soundKeys', match: RegExp][] = [
  ['begins with “lakshm”', 'nameKeys', /^lakshm/],
  ['sounds like “gehlott”', 'soundKeys', new RegExp(`^${soundOf('gehlott')} `)],
  ['sounds like “mohn das”', 'soundKeys', new RegExp(`^${soundOf('mohn')} ${soundOf('das')}`)],
  ['sounds like “choudhury”', 'soundKeys', new RegExp(`^${soundOf('choudhury')} `)],
  ['sounds like “laxmi ayer”', 'soundKeys', new RegExp(`^${soundOf('laxmi')} ${soundOf('ayer')}`)],
];

const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';
/** One of a thousand. */
const nameOf = (list: readonly string[], index: number): string =>
  pick(list, index) + pick(SYLLABLES, Math.floor(index / 10)) + pick(SYLLABLES, Math.floor(index / 100));

/** Small rows: what a search reads and nothing else. */
async function addPatients(ctx: TenantContext, count: number): Promise<void> {
  const { collection } = patientModel(ctx);
  const now = new Date();
  for (let from = 0; from < count; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - from) }, (_, offset) => {
      const index = from + offset;
      const firstName = nameOf(FIRST, index);
      // Every pair of names once in a million, and mixed among any thousand.
      const lastName = nameOf(LAST, (index * 617 + Math.floor(index / 1_000)) % 1_000);
      const year = 1930 + (index % 90);
      return {
        _id: newObjectId(),
        number: patientNumberOf(index + 1),
        sequence: index + 1,
        firstName,
        lastName,
        sex: 'female',
        dateOfBirth: `${year}-03-14`,
        isBirthEstimated: false,
        isActive: true,
        nameKeys: nameKeysOf(firstName, lastName),
        soundKeys: soundKeysOf(firstName, lastName),
        sortName: sortNameOf(firstName, lastName),
        contactTokens: [],
        version: 0,
        createdAt: now,
        updatedAt: now,
      };
    });
    await collection.insertMany(rows, { ordered: false });
  }
}

/** What the server reads for what it gives. */
async function examinedFor(ctx: TenantContext, key: string, match: RegExp) {
  const find = patientModel(ctx)
    .find({ [key]: match, isActive: true })
    .limit(SHOWN + 1);
  const plan = JSON.parse(JSON.stringify(await find.explain('executionStats')));
  const { nReturned, totalKeysExamined, totalDocsExamined } = plan.executionStats;
  const isIndexed = !/COLLSCAN|"SORT"/.test(JSON.stringify(plan.queryPlanner.winningPlan));
  return { nReturned, examined: Math.max(totalKeysExamined, totalDocsExamined), isIndexed };
}

/**
 * Finding a patient by name, also by one that is spelled otherwise, must not cost more than three times what
 * it costs among a thousand, and must read no more than it shows.
 */
export async function bench(): Promise<number> {
  const rows: Row[] = [];
  const hospitals = [];
  for (const count of [FEW, MANY]) {
    const organization = await testOrganization({ plan: 'enterprise' });
    const begun = performance.now();
    await addPatients(organization.ctx(), count);
    rows.push({ what: `${count} patients written`, value: ms(performance.now() - begun) });
    process.stdout.write(`  ${count} patients are written\n`);
    hospitals.push({
      organization,
      took: new Map<string, number[]>([...TYPED, ...SHARED].map((typed) => [typed, []])),
    });
  }
  // In turn, so that whatever else the machine does is in both figures.
  for (let look = 0; look <= LOOKS; look++)
    for (const { organization, took } of hospitals)
      for (const typed of [...TYPED, ...SHARED]) {
        const begun = performance.now();
        await searchPatients(organization.ctx(), typed, SHOWN, true);
        // The first opens connections and compiles models.
        if (look > 0) took.get(typed)?.push(performance.now() - begun);
      }
  const [few, many] = hospitals;
  for (const typed of [...TYPED, ...SHARED]) {
    const isJudged = TYPED.some((one) => one === typed);
    const [over, under] = [many, few].map((one) => percentile(one?.took.get(typed) ?? [], 0.5));
    if (over === undefined || under === undefined) continue;
    rows.push({
      what: `“${typed}”`,
      value: `${ms(over)} among ${MANY}`,
      against: `${ms(under)} among ${FEW}: ${times(over / under)}`,
      ...(isJudged ? { budget: '3 x', isKept: over <= under * 3 } : {}),
    });
  }
  if (many)
    for (const [what, key, match] of READ) {
      const { nReturned, examined, isIndexed } = await examinedFor(many.organization.ctx(), key, match);
      rows.push({
        what: `read for a name that ${what}`,
        value: `${examined} for ${nReturned} shown`,
        budget: '2 x + 10, by an index',
        isKept: isIndexed && examined <= 2 * nReturned + 10,
      });
    }
  for (const { organization } of hospitals) await organization.dispose();
  const failed = printRows(`Search among ${MANY} patients`, rows);
  await closeConnections();
  return failed;
}
