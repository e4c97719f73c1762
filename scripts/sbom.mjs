// `npm run sbom`: what the product is made of, from what is installed, as CycloneDX in
// .data/sbom.json. Binaries for one platform are optional packages in the lock file and left out.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ 'bom-ref': string }} Component
 * @typedef {{ ref: string, dependsOn: string[] }} Dependency
 */

/** What is installed is not what the lock file says: `npm install` keeps what was there before. */
const HEAL = 'If it is installed otherwise than the lock file says, run `npm ci`, and then this again.';

/**
 * @param {string} root
 * @returns {{ file: string, components: number }}
 * @throws Error when one of our dependencies is missing in it
 */
export function writeSbom(root) {
  // Not with --omit=optional: npm then leaves out what is ours and somebody else's option too, such as sharp.
  const result = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status !== 0) throw new Error(`npm sbom failed: ${result.stderr.trim().slice(-500)}\n${HEAL}`);
  const bill = JSON.parse(result.stdout);
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const optional = new Set(
    Object.entries(packages)
      .filter(([, one]) => one.optional)
      .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`),
  );
  const isKept = (/** @type {string} */ ref) => !optional.has(ref);
  bill.components = bill.components.filter((/** @type {Component} */ one) => isKept(one['bom-ref']));
  bill.dependencies = bill.dependencies
    .filter((/** @type {Dependency} */ one) => isKept(one.ref))
    .map((/** @type {Dependency} */ one) => ({ ...one, dependsOn: one.dependsOn.filter(isKept) }));
  const listed = new Set(bill.components.map((/** @type {Component} */ one) => one['bom-ref']));
  const { dependencies, devDependencies } = packages[''];
  /**
   * A package of this tree is a link there, and its version stands at the folder; one that stands under
   * another name says its own.
   * @param {string} as its name here
   */
  const refOf = (as) => {
    const { link, resolved, version, name = as } = packages[`node_modules/${as}`];
    return `${name}@${link ? packages[resolved].version : version}`;
  };
  const missing = Object.keys({ ...dependencies, ...devDependencies })
    .map(refOf)
    .filter((one) => !listed.has(one));
  if (missing.length > 0)
    throw new Error(`The bill of materials lacks ${missing.slice(0, 5).join(', ')}.\n${HEAL}`);
  const file = join(root, '.data', 'sbom.json');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(bill, null, 2));
  return { file, components: listed.size };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { file, components } = writeSbom(dirname(dirname(fileURLToPath(import.meta.url))));
  process.stdout.write(`${components} components written to ${file}\n`);
}
