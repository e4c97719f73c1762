// The layer table of ARCHITECTURE.md, one rule per row. tests/architecture/layers.test.ts probes each with a bad import.
const from = (path, pathNot) => (pathNot ? { path, pathNot } : { path });

module.exports = {
  forbidden: [
    {
      name: 'app-composes-only',
      comment:
        'A page gates, reads and composes: queries, actions, schemas and components; no models, connections or mongoose.',
      severity: 'error',
      from: from('^app/'),
      to: {
        path: [
          '^node_modules/(mongoose|mongodb)/',
          '^lib/features/.*/model\\.ts$',
          '^lib/master/models/',
          '^lib/tenancy/(factory|placement|tenant-database)\\.ts$',
        ],
      },
    },
    {
      name: 'components-see-the-shape-only',
      comment: 'A component may call actions and read schemas and policies; data comes to it as props.',
      severity: 'error',
      from: from('^components/', '^components/ui/'),
      to: {
        path: [
          '^lib/features/.*/(queries|service|model|dto)(\\.ts$|/)',
          '^lib/(tenancy|master/(?!vocabulary)|provisioning|stripe|jobs|mail|crypto|audit)/?',
          '^app/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ui-could-ship-elsewhere',
      severity: 'error',
      from: from('^components/ui/'),
      to: { path: ['^lib/(?!(money|time|action-result|paths)\\.ts)', '^app/', '^components/(?!ui/)'] },
    },
    {
      name: 'features-do-not-look-up',
      severity: 'error',
      from: from('^lib/features/'),
      to: { path: ['^components/', '^app/'] },
    },
    {
      name: 'infrastructure-does-not-know-the-product',
      comment: 'Only the gates (lib/actions, lib/auth) read the organization policy, which is pure.',
      severity: 'error',
      from: from('^lib/(?!features/)'),
      to: {
        path: ['^lib/features/', '^components/', '^app/'],
        pathNot: '^lib/features/organizations/policy\\.ts$',
      },
    },
    {
      name: 'only-gates-read-the-organization-policy',
      severity: 'error',
      from: from('^lib/(?!(features|actions|auth)/)'),
      to: { path: '^lib/features/' },
    },
    {
      name: 'contexts-are-minted-by-gates',
      comment: 'Type imports are everywhere; the constructor is for the gates.',
      severity: 'error',
      from: from('^(lib|app|components)/', '^lib/actions/'),
      to: { path: '^lib/tenancy/context\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'middleware-looks-at-the-cookie',
      severity: 'error',
      from: from('^middleware\\.ts$'),
      to: {
        path: ['^node_modules/mongoose/', '^lib/', '^components/', '^app/'],
        pathNot: ['^lib/(origin|cookie-names)\\.ts$'],
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
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
