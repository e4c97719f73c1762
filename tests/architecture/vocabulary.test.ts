import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The names of a noun's files (CONTRIBUTING.md). `service/`, `queries/` and `ui/` hold files of any name. */
const NAMES = [
  ...['schema', 'policy', 'model', 'dto', 'queries', 'service', 'actions'],
  ...['columns', 'work', 'mails', 'messages'],
];
const FOLDERS = ['service', 'queries', 'ui'];

/** Names that say nothing of what is in a file. */
const REFUSED = [
  'parts',
  'place',
  'start',
  'run',
  'links',
  'words',
  'own',
  'utils',
  'helpers',
  'common',
  'misc',
];

/** What a noun holds beside those names, and why it is worth a name of its own. */
const OWN_NAMES: Record<string, [why: string, ...names: string[]]> = {
  'cashier/bills': [
    'the arithmetic of a bill, who approves a discount, how it is printed',
    ...['amounts', 'approval', 'paper'],
  ],
  'cashier/bill-settings': ['the states of India with the codes of taxation', 'states'],
  'cashier/day-book': ['the monthly return of India, cut as its spreadsheet is', 'gst'],
  'cashier/claims': ['what happened to a claim, in order; who may pay for a patient', 'history', 'offer'],
  'cashier/statements': ['how an account is printed', 'paper'],
  'cashier/settlements': [
    'the papers of a claim, with its bill and receipts; what a payer is asked for in one letter',
    ...['paper', 'payer-paper'],
  ],
  'cashier/payments': ['how a receipt is printed', 'paper'],
  'cashier/online-accounts': [
    'what a provider of payments does, and the one we speak to; its secrets at rest; who asks about a link',
    ...['follow', 'provider', 'secrets', 'stripe-payments'],
  ],
  'cashier/payment-links': ['the token of a link', 'token'],
  'cashier/price-list': [
    'services to begin with; classes of tax with their dates; the list as a spreadsheet',
    'spreadsheet',
    'starter-services',
    'taxes',
  ],
  'pharmacy/purchase-orders': ['an order as it goes to the supplier', ...['paper', 'print-order']],
  'pharmacy/supplier-accounts': ['the account of a supplier on paper', ...['paper', 'print-statement']],
  'pharmacy/lot-labels': ['labels of a lot, and how they are printed', ...['paper', 'print-lot']],
  'pharmacy/opening-stock': ['what a spreadsheet would bring', 'spreadsheet'],
  'pharmacy/goods-receipts': ['the lines of an invoice out of a spreadsheet', 'spreadsheet'],
  'dispensary/dispenses': [
    'what was handed out is to be billed; its labels; which line a scanned pack is for',
    ...['charge-given', 'paper', 'print-labels', 'scan'],
  ],
  'dispensary/sales': ['the bill of a sale, for who sold it', 'print-sale'],
  'dispensary/lot-recalls': ['letters to who got a lot', ...['paper', 'print-letters']],
  'dispensary/registers': [
    'a register as it is described and as it is printed',
    ...['paper', 'print-register'],
  ],
  'fleet/migrations': [
    'each step that brings a database up to date, its list, its ledger and how records are gone through',
    ...['migrations', 'ledger', 'walk', 'grow-examinations', 'heed-transit', 'key-by-branch', 'key-sounds'],
    'mark-papers',
    'keep-numbers',
    'branch-recalls',
    ...['find-presses', 'place-links', 'link-visits'],
    ...['note-recalls', 'own-sets', 'reseal', 'seal-logos', 'seal-patient-fields'],
  ],
  'fleet/operations': ['what a database holds, compared; the end of its keys', 'contents', 'destroy-keys'],
  'fleet/signup': ['sign-ups that were never paid', 'expire'],
  'fleet/status': [
    'what is probed, what waits, how levels and uptime follow, and who is mailed of it',
    ...['backlog', 'measure', 'measured', 'probes', 'readiness', 'subscribers'],
  ],
  'fleet/usage': ['counters of a day become its sums', 'summarize'],
  'frontdesk/appointments': [
    'the lock of a doctor and day, the times that are free in it; bookings under a corrected time zone',
    ...['claim', 'doctor-day', 'follow-time-zone', 'slots'],
  ],
  'frontdesk/queue': [
    'the live view of the queue; what a visit follows; its token on paper',
    ...['paper', 'stream', 'watcher', 'wake', 'visit-links'],
  ],
  'frontdesk/rebookings': ['whom a change of hours leaves without their time, before it is made', 'change'],
  'identity/face': ['a domain of its own: what has to be true, and what is asked of who serves it', 'domain'],
  'identity/papers': ['a logo is drawn again before it is kept', 'logo'],
  'identity/access': ['a role by its id, built in or custom', 'lookup'],
  'identity/account': [
    'links that are mailed, and the two longest ways of an account',
    ...['mail-links', 'change-email', 'ownership', 'record-sign-in'],
  ],
  'identity/second-factor': ['what an organization asks of its people', 'organization'],
  'identity/single-sign-on': [
    'the conversation with an identity provider, and proof of a domain',
    ...['accounts', 'dns', 'provider', 'sign-in'],
  ],
  'identity/staff': [
    'the staff as each database knows it; seats; a pasted list of people',
    ...['directory', 'invite-list', 'projection', 'seats'],
  ],
  'insight/audit': ['anchors and trimming of the chain', 'maintain'],
  'insight/report-mails': ['one mail of a report', 'send'],
  'insight/reports': [
    'a file per kind of figure, the roll-ups they are read from, and how they are printed',
    ...[
      'clinical',
      'csv',
      'flow',
      'forecast',
      'labels',
      'retention',
      'summary',
      'utilisation',
      'pdf/',
      'rollups/',
    ],
  ],
  'patients/files': [
    'content of a file, what it says and shows, where it lies, and the recount of bytes',
    ...[
      'admit',
      'content',
      'dicom',
      'film',
      'look',
      'names',
      'room',
      'storage',
      'stored',
      'recount',
      'uploads',
    ],
  ],
  'patients/notes': ['notes about a day and about a patient', 'day', 'patient'],
  'patients/histories': ['names of fields, which browsers load', 'fields'],
  'patients/allergies': ['substances and their classes, which browsers load', 'substances'],
  'patients/patients': [
    'what a search, a duplicate and a namesake are found by; scripts read as Latin letters; their labels',
    ...['indic', 'keys', 'paper', 'search', 'sounds', 'tokens'],
  ],
  'pharmacy/medicines': [
    'what it is found by, expiry as printed, codes on packs, classes of the law, medicines to begin with',
    ...['keys', 'expiry', 'gs1', 'lot-code', 'control-classes', 'starter-formulary'],
  ],
  'pharmacy/stock-use': ['months of use, made of the ledger', 'roll-up'],
  'platform/notifications': ['what is new, and who is mailed of it', 'sweep', 'tell'],
  'platform/team': ['the first person of the company', 'first-admin'],
  'record/examinations': [
    'the eye: charts of acuity, refraction, diagnoses, outcomes; small files, because browsers load them',
    ...['acuity', 'acuity-reading', 'near', 'refraction', 'refraction-sets', 'pressure', 'eyes', 'eye-tests'],
    ...['finding-rows', 'diagnoses', 'orders', 'fields', 'form-reader', 'measure-reader', 'former-records'],
    ...[
      'earlier-readings',
      'eye-record',
      'outcomes',
      'charge-orders',
      'shown',
      'complaints',
      'drawings',
      'drawing-reader',
      'sheet-layout',
    ],
  ],
  'record/prescriptions': [
    'what a line says, the line as doctors type it, rules of safety with their sources, sets to begin with',
    ...[
      'code',
      'dosage',
      'ingredients',
      'instructions',
      'papers-of-visits',
      'paper',
      'safety',
      'shorthand',
      'shorthand-words',
      'starter-sets',
    ],
  ],
  'record/devices': [
    'files of devices: their text, what they say, and new ones',
    ...['xml', 'readings', 'dicom-readings', 'watch'],
  ],
  'record/templates': [
    'names of fields, which browsers load; templates to begin with',
    ...['fields', 'starter-templates'],
  ],
  'cashier/charges': ['days on which goods were given, noted for the figures', 'given-days'],
  'cashier/estimates': ['an estimate as it is printed', 'paper'],
  'cashier/expenses': ['the voucher of an expense', 'paper'],
  'record/contact-lenses': ['contact lenses as they are printed', 'paper'],
  'record/letters': [
    'letters as they are printed, what a visit makes of a referral, acuity in words, how much of sight is lost',
    ...['acuity-words', 'compose', 'disability', 'paper'],
  ],
  'record/paper-links': ['which papers leave as a link, and the token of one', 'linked', 'token'],
  'record/spectacles': [
    'glasses as printed and as a scanner types them, what lenses are made of, what changes; how they are signed',
    ...['code', 'lens-change', 'lens-details', 'paper', 'signed-at-visit'],
  ],
  'record/summaries': [
    'a visit as it is printed, what it asks for, and all its papers together',
    ...['paper', 'request-paper', 'visit-papers'],
  ],
  'fleet/service-levels': ['asks each database whose availability was promised', 'measure'],
  'subscription/agreements': [
    'texts of content/legal as blocks; the copy of one on paper',
    ...['documents', 'paper'],
  ],
  'subscription/billing': [
    'the conversation with Stripe, a file per subject',
    ...[
      'advance',
      'agreed',
      'catalog',
      'change-letters',
      'checkout',
      'dunning',
      'email-key',
      'events',
      'grants',
    ],
    ...[
      'movement-policy',
      'movements',
      'owed',
      'pay-link',
      'plans',
      'price-list',
      'reconcile',
      'snapshot',
      'sync',
      'trials',
    ],
  ],
  'subscription/invoice-details': [
    'how Stripe keeps them; tax numbers and their check digits',
    ...['at-stripe', 'tax-numbers'],
  ],
  'subscription/plan-changes': ['what a change costs and whether it fits', 'prices', 'reach'],
  'subscription/refunds': ['the note at Stripe that a refund leaves', 'credit-note'],
  'subscription/revenue': ['months that are shown', 'months'],
  'support/help': ['articles and changes of content/ as blocks', 'articles', 'changes'],
  'support/samples': ['who the sample patients are', 'people'],
  'support/support-access': ['who is told of a request', 'notify'],
  'support/tickets': [
    'files of a ticket, mail that comes in, working hours, the watch over due answers, who sees what, how it is found',
    ...['attachments/', 'hours', 'inbound', 'search', 'upload', 'visibility', 'watch'],
  ],
};

/** Verbs that are not verbs of the domain. */
const REFUSED_VERBS = ['say', 'by', 'mine', 'become', 'makeIt'];

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
const files = listed.split('\n').filter((file) => file !== '' && existsSync(join(root, file)));
const sources = files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

type Located = { file: string; noun: string; rest: string; name: string };
const located: Located[] = sources.flatMap((file) => {
  const [, noun, rest] = /^features\/([^/]+\/[^/]+)\/(.+)\.tsx?$/.exec(file) ?? [];
  if (!noun || !rest) return [];
  return [{ file, noun, rest, name: rest.split('/').at(-1) ?? '' }];
});
const isTest = ({ name }: Located): boolean => name.endsWith('.test');

/** Whether a name is one of the list, or one that this noun has for itself. */
function isKnown({ noun, rest }: Located): boolean {
  const [first = ''] = rest.split('/');
  if (first !== rest && FOLDERS.includes(first)) return true;
  const [, ...own] = OWN_NAMES[noun] ?? [''];
  return NAMES.includes(rest) || own.includes(rest) || own.includes(`${first}/`);
}

describe('the files of a noun', () => {
  it('are there to be looked at', () => expect(located.length).toBeGreaterThan(300));

  it('have the names of the list, or a name of their own that is listed with a reason', () => {
    expect(located.filter((one) => !isTest(one) && !isKnown(one)).map(({ file }) => file)).toEqual([]);
  });

  it('have no name that says nothing', () => {
    expect(located.filter(({ name }) => REFUSED.includes(name)).map(({ file }) => file)).toEqual([]);
  });

  it('are all there that the list of own names speaks of', () => {
    const stale = Object.entries(OWN_NAMES).flatMap(([noun, [, ...own]]) =>
      own
        .filter(
          (name) =>
            !located.some((one) => one.noun === noun && (one.rest === name || one.rest.startsWith(name))),
        )
        .map((name) => `${noun}/${name}`),
    );
    expect(stale).toEqual([]);
  });
});

describe('a name', () => {
  const product = sources.filter((file) => /^(app|components|features|lib|server)\//.test(file));

  it('of an exported type has one meaning', () => {
    const homes = new Map<string, string[]>();
    for (const file of product)
      for (const [, name = ''] of read(file).matchAll(/^export (?:type|interface) (\w+)/gm))
        homes.set(name, [...(homes.get(name) ?? []), file]);
    expect([...homes].filter(([, places]) => places.length > 1)).toEqual([]);
  });

  it('of a function is a verb of the domain', () => {
    const verbs = REFUSED_VERBS.join('|');
    const declared = new RegExp(
      `^(?:export )?(?:async )?(?:function (?:${verbs})\\b|const (?:${verbs}) = (?:async )?\\()`,
      'm',
    );
    expect(product.filter((file) => declared.test(read(file)))).toEqual([]);
  });
});

describe('a comment', () => {
  const code = files.filter((file) => /\.(tsx?|[cm]js)$/.test(file) && !file.endsWith('.d.ts'));
  const comments = code.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) =>
        /^\s*(\/\/|\/?\*)/.test(line) ? [{ line, where: `${file}:${index + 1}` }] : [],
      ),
  );

  it('has lines of at most 110 characters, but for an address and for what a tool must read on one line', () => {
    const long = comments.filter(({ line }) => line.length > 110 && !/https?:\/\/|biome-ignore/.test(line));
    expect(long.map(({ where }) => where)).toEqual([]);
  });

  it('says who or what, in words that people use', () => {
    const stilted = comments.filter(({ line }) =>
      /\b(whoever|anew|of ours)\b|(?<!\b(there|where|when|if)\b.{0,12})\bis no (?!longer\b|way back\b|public\b)/i.test(
        line,
      ),
    );
    expect(stilted.map(({ where }) => where)).toEqual([]);
  });
});
