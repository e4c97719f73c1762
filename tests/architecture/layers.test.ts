import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

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
    "export { staffModel } from '@/features/identity/staff/model';\n",
  ],
  [
    'components-see-the-shape-only',
    'components/layer-probe/a.ts',
    "export { listDoctors } from '@/features/subscription/billing/queries';\nexport { signUp } from '@/features/fleet/signup/service';\n",
  ],
  [
    'ui-could-ship-elsewhere',
    'components/ui/layer-probe.ts',
    "export { PLANS } from '@/features/subscription/billing/plans';\n",
  ],
  [
    'features-do-not-look-up',
    'features/layer-probe/a/a.ts',
    "export { middleware } from '../../../app/layer-probe/b';\n",
  ],
  [
    'infrastructure-does-not-know-the-product',
    'lib/work/layer-probe.ts',
    "export { PLANS } from '../../features/subscription/billing/plans';\n",
  ],
  [
    'contexts-are-minted-by-gates',
    'features/layer-probe/a/b.ts',
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
    for (const folder of ['app/layer-probe', 'components/layer-probe', 'features/layer-probe']) {
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
