// The layer table of ARCHITECTURE.md, one rule per row. tests/architecture/layers.test.ts probes each with a
// bad import.
const from = (path, pathNot) => (pathNot ? { path, pathNot } : { path });

// The wings of the product and their nouns, in order: each may import only what stands above it. A new noun
// gets its line here. Why this order: docs/decisions/0016-wings.md.
const WINGS = {
  subscription: [
    'agreements',
    'invoice-details',
    'billing',
    'entitlements',
    'plan-changes',
    'concessions',
    'quotes',
    'refunds',
    'revenue',
    'accounting',
  ],
  identity: [
    'access',
    'branches',
    'face',
    'mailbox',
    'staff',
    'papers',
    'account',
    'custom-roles',
    'second-factor',
    'memberships',
    'organization',
    'passkeys',
    'shared-computer',
    'single-sign-on',
    'sign-in',
  ],
  patients: ['notes', 'patients', 'allergies', 'histories', 'files'],
  cashier: [
    'bill-settings',
    'branch-series',
    'online-accounts',
    'online-refunds',
    'payers',
    'price-list',
    'packages',
    'charges',
    'shifts',
    'coverages',
    'claims',
    'bills',
    'estimates',
    'payments',
    'payment-links',
    'handovers',
    'expenses',
    'deposits',
    'settlements',
    'tds-certificates',
    'statements',
    'doctor-shares',
    'day-book',
  ],
  frontdesk: ['schedules', 'appointments', 'rebookings', 'queue', 'branch-closings', 'recalls', 'today'],
  pharmacy: [
    'pharmacy-settings',
    'stores',
    'medicines',
    'starter-facts',
    'lot-labels',
    'transfers',
    'stocktakes',
    'opening-stock',
    'suppliers',
    'supplier-products',
    'purchase-orders',
    'goods-receipts',
    'stock-use',
    'stock-analysis',
    'stock-levels',
    'branch-stock',
    'reorders',
    'supplier-returns',
    'supplier-accounts',
    'figures',
  ],
  record: [
    'orders',
    'examinations',
    'templates',
    'finding-sets',
    'devices',
    'prescriptions',
    'spectacles',
    'contact-lenses',
    'addressees',
    'letters',
    'merges',
    'summaries',
    'paper-links',
  ],
  dispensary: ['dispenses', 'sales', 'returns', 'lot-recalls', 'registers'],
  insight: ['audit', 'reports', 'prescribing', 'doctor-figures', 'report-mails'],
  support: ['announcements', 'feedback', 'help', 'samples', 'onboarding', 'support-access', 'tickets'],
  fleet: [
    'migrations',
    'placement',
    'operations',
    'demos',
    'provisioning',
    'signup',
    'status',
    'service-levels',
    'usage',
  ],
  platform: [
    'overview',
    'mails',
    'contacts',
    'customer-notes',
    'timeline',
    'notifications',
    'team',
    'account',
  ],
};
const wings = Object.keys(WINGS);
const UI = '^features/[^/]+/[^/]+/ui/';

/** A wing may import only the wings above it in the list. */
const wingRules = wings.slice(0, -1).map((wing, index) => ({
  name: `wing-${wing}`,
  severity: 'error',
  from: from(`^features/${wing}/`),
  to: { path: `^features/(${wings.slice(index + 1).join('|')})/` },
}));

/** A noun may import only the nouns of its wing that stand before it, so no two can need each other. */
const nounRules = Object.entries(WINGS).flatMap(([wing, nouns]) =>
  nouns.slice(0, -1).map((noun, index) => ({
    name: 'nouns-are-acyclic',
    severity: 'error',
    from: from(`^features/${wing}/${noun}/`),
    to: { path: `^features/${wing}/(${nouns.slice(index + 1).join('|')})/` },
  })),
);

module.exports = {
  forbidden: [
    ...wingRules,
    ...nounRules,
    {
      name: 'nouns-are-listed',
      comment: 'A noun that is not in the list above could be imported by everything.',
      severity: 'error',
      from: from(
        '^features/',
        Object.entries(WINGS).flatMap(([wing, nouns]) => nouns.map((noun) => `^features/${wing}/${noun}/`)),
      ),
      to: {},
    },
    {
      name: 'app-composes-only',
      comment:
        'A page gates, reads and composes: queries, actions, schemas and screens; no models, connections or mongoose.',
      severity: 'error',
      from: from('^app/'),
      to: {
        path: [
          '^node_modules/(mongoose|mongodb)/',
          '^features/.*/model\\.ts$',
          '^lib/tenancy/counter-model\\.ts$',
          '^lib/master/models/',
          '^lib/tenancy/(factory|placement|tenant-database)\\.ts$',
          '^server/',
        ],
      },
    },
    {
      name: 'ui-sees-the-shape-only',
      comment: 'A screen may call actions and read schemas and policies; data comes to it as props.',
      severity: 'error',
      from: from(UI),
      to: {
        path: [
          '^features/.*/(queries|service|model|dto)(\\.ts$|/)',
          '^lib/(tenancy|master/(?!vocabulary)|provisioning|stripe|work|mail|crypto|audit)/?',
          '^app/',
          '^server/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'features-do-not-look-up',
      severity: 'error',
      from: from('^features/', UI),
      to: { path: ['^components/', UI, '^app/', '^server/'] },
    },
    {
      name: 'only-actions-touch-the-request',
      comment:
        'Cookies and headers are read and written by the gates and by actions; services get what they need.',
      severity: 'error',
      from: from('^features/', '/actions\\.ts$'),
      to: { path: '^node_modules/next/headers' },
    },
    {
      name: 'components-are-a-kit',
      comment: 'What any product could use: it knows no noun, no page and nothing of how we reach the world.',
      severity: 'error',
      from: from('^components/'),
      to: {
        path: ['^features/', '^app/', '^server/', '^lib/[^/]+/'],
        pathNot: ['^lib/auth/(platform-)?permissions\\.ts$', '^lib/master/vocabulary\\.ts$'],
      },
    },
    {
      name: 'ui-could-ship-elsewhere',
      severity: 'error',
      from: from('^components/ui/'),
      to: { path: ['^lib/(?!(money|time|formats|action-result|paths)\\.ts)', '^components/(?!ui/)'] },
    },
    {
      name: 'server-composes-only',
      comment: 'The door for what runs without a page: it lists what the nouns offer and has no screens.',
      severity: 'error',
      from: from('^server/'),
      to: { path: ['^app/', '^components/', UI] },
    },
    {
      name: 'infrastructure-does-not-know-the-product',
      severity: 'error',
      from: from('^lib/'),
      to: { path: ['^features/', '^components/', '^app/', '^server/'] },
    },
    {
      name: 'leaves-import-leaves',
      comment: 'lib/*.ts: words, time, money, addresses, errors. They import each other and libraries.',
      severity: 'error',
      from: from('^lib/[^/]+\\.ts$'),
      to: { path: '^lib/[^/]+/' },
    },
    {
      name: 'contexts-are-minted-by-gates',
      comment: 'Type imports are everywhere; the constructor is for the gates.',
      severity: 'error',
      from: from('^(lib|app|components|features|server)/', '^lib/actions/'),
      to: { path: '^lib/tenancy/context\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'middleware-looks-at-the-cookie',
      severity: 'error',
      from: from('^middleware\\.ts$'),
      to: {
        path: ['^node_modules/mongoose/', '^lib/', '^features/', '^components/', '^app/', '^server/'],
        pathNot: ['^lib/(origin|cookie-names|session-token)\\.ts$', '^server/front/headers\\.mjs$'],
      },
    },
    {
      name: 'the-stripe-emulator-stands-alone',
      comment:
        'dev/stripe is a package of its own: it imports the libraries that its package.json names, and itself.',
      severity: 'error',
      from: from('^dev/stripe/'),
      to: { path: '^(?!dev/stripe/|node_modules/)', dependencyTypesNot: ['core'] },
    },
    {
      name: 'the-stripe-emulator-is-met-at-its-exports',
      severity: 'error',
      from: from('^(?!dev/stripe/)'),
      to: { path: '^dev/stripe/(?!(emulator|test-support)\\.ts$)' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$' },
    tsConfig: { fileName: 'tsconfig.json' },
    // As written, and not compiled as well: `verbatimModuleSyntax` leaves every import that is not a type.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
