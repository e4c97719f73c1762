import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The wings in their order, and a module of each that has any. */
const POLICY_OF: Record<string, string | null> = {
  subscription: 'billing/policy',
  identity: 'staff/policy',
  patients: 'patients/policy',
  cashier: null,
  frontdesk: 'queue/policy',
  pharmacy: 'medicines/policy',
  record: 'examinations/policy',
  dispensary: 'dispenses/policy',
  insight: 'audit/policy',
  support: 'tickets/policy',
  fleet: 'usage/policy',
  platform: 'overview/policy',
};
const WINGS = Object.keys(POLICY_OF);

// One bad import for each row of the layer table: a rule that matches nothing would pass silently.
const PROBES: [rule: string, file: string, code: string][] = [
  [
    'app-composes-only',
    'app/layer-probe/a.ts',
    "import mongoose from 'mongoose';\nexport default mongoose;\n",
  ],
  [
    'app-composes-only',
    'app/layer-probe/b.ts',
    "export { staffModel } from '../../features/identity/staff/model';\n",
  ],
  [
    'ui-sees-the-shape-only',
    'features/fleet/signup/ui/layer-probe.ts',
    "export { listQuotes } from '../../../subscription/quotes/queries';\nexport { signUp } from '../service';\n",
  ],
  [
    'features-do-not-look-up',
    'features/fleet/signup/layer-probe.ts',
    "export { middleware } from '../../../app/layer-probe/b';\n",
  ],
  [
    'only-actions-touch-the-request',
    'features/fleet/usage/layer-probe.ts',
    "export { cookies } from 'next/headers';\n",
  ],
  ['nouns-are-listed', 'features/pharmacy/layer-probe/a.ts', "export { paths } from '../../../lib/paths';\n"],
  ['nouns-are-listed', 'features/layer-probe/a/a.ts', "export { paths } from '../../../lib/paths';\n"],
  [
    'nouns-are-acyclic',
    'features/frontdesk/appointments/layer-probe.ts',
    "export { refreshRecalls } from '../recalls/service';\n",
  ],
  [
    'nouns-are-acyclic',
    'features/identity/account/layer-probe.ts',
    "export type { RoleRow } from '../custom-roles/queries';\n",
  ],
  [
    'components-are-a-kit',
    'components/layer-probe/a.ts',
    "export { PLANS } from '../../features/subscription/billing/plans';\n",
  ],
  ['ui-could-ship-elsewhere', 'components/ui/layer-probe.ts', "export { logger } from '../../lib/logger';\n"],
  ['server-composes-only', 'server/layer-probe.ts', "export { Button } from '../components/ui/button';\n"],
  [
    'infrastructure-does-not-know-the-product',
    'lib/work/layer-probe.ts',
    "export { PLANS } from '../../features/subscription/billing/plans';\n",
  ],
  ['leaves-import-leaves', 'lib/layer-probe.ts', "export { hashToken } from './crypto/cipher';\n"],
  [
    'contexts-are-minted-by-gates',
    'features/fleet/demos/layer-probe.ts',
    "export { mintTenantContext } from '../../../lib/tenancy/context';\n",
  ],
  [
    'the-stripe-emulator-stands-alone',
    'dev/stripe/layer-probe.ts',
    "export { formatMoney } from '../../lib/money';\n",
  ],
  [
    'the-stripe-emulator-is-met-at-its-exports',
    'lib/stripe/layer-probe.ts',
    "export { openStore } from '../../dev/stripe/store';\n",
  ],
  // For each wing, something of the next one below.
  ...WINGS.slice(0, -1).map((wing, index): [rule: string, file: string, code: string] => {
    const below = WINGS.slice(index + 1).find((one) => POLICY_OF[one]) ?? '';
    return [
      `wing-${wing}`,
      `features/${wing}/layer-probe/wing.ts`,
      `export * from '../../${below}/${POLICY_OF[below]}';\n`,
    ];
  }),
];

const cruise = (paths: string[]) => {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const result = spawnSync(
    process.execPath,
    [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...paths],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  return `${result.stdout}${result.stderr}`;
};

describe('the layer table', () => {
  const files = PROBES.map(([, file]) => join(root, file));
  afterAll(() => {
    for (const file of files) rmSync(file, { force: true });
    const folders = ['app', 'components', 'features', ...WINGS.map((wing) => `features/${wing}`)];
    for (const folder of folders.map((one) => `${one}/layer-probe`)) {
      rmSync(join(root, folder), { recursive: true, force: true });
    }
  });

  it('refuses a bad import in each row', () => {
    for (const [, file, code] of PROBES) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), code);
    }
    const output = cruise(PROBES.map(([, file]) => file));
    for (const [rule, file] of PROBES) {
      expect(output, `${rule} does not notice ${file}`).toMatch(
        new RegExp(`${rule}: ${file.replace(/[.()]/g, '\\$&')}`),
      );
    }
  });

  it('keeps everything of ours out of middleware.ts', () => {
    expect(cruise(['middleware.ts'])).toContain('no dependency violations');
  });
});
