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
          '^features/.*/model\\.ts$',
          '^lib/tenancy/counter-model\\.ts$',
          '^lib/master/models/',
          '^lib/tenancy/(factory|placement|tenant-database)\\.ts$',
        ],
      },
    },
    {
      name: 'components-see-the-shape-only',
      comment: 'A component may call actions and read schemas and policies; data comes to it as props.',
      severity: 'error',
      from: from(['^components/', '^features/[^/]+/[^/]+/ui/'], '^components/ui/'),
      to: {
        path: [
          '^features/.*/(queries|service|model|dto)(\\.ts$|/)',
          '^lib/(tenancy|master/(?!vocabulary)|provisioning|stripe|work|mail|crypto|audit)/?',
          '^app/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'ui-could-ship-elsewhere',
      severity: 'error',
      from: from('^components/ui/'),
      to: {
        path: [
          '^lib/(?!(money|time|action-result|paths)\\.ts)',
          '^features/',
          '^app/',
          '^components/(?!ui/)',
        ],
      },
    },
    {
      name: 'features-do-not-look-up',
      severity: 'error',
      from: from('^features/', '^features/[^/]+/[^/]+/ui/'),
      to: { path: ['^components/', '^features/[^/]+/[^/]+/ui/', '^app/'] },
    },
    {
      name: 'infrastructure-does-not-know-the-product',
      severity: 'error',
      from: from('^lib/'),
      to: { path: ['^features/', '^components/', '^app/', '^server/'] },
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
