// `npm run sbom`: what the product is made of, from the lock file, as CycloneDX in .data/sbom.json.
// Binaries for one platform are optional packages there and left out.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @param {string} root
 * @returns {{ file: string, components: number }}
 * @throws Error when one of our dependencies is missing in it
 */
export function writeSbom(root) {
  const result = spawnSync(
    'npm',
    ['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=optional'],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (result.status !== 0) throw new Error(`npm sbom failed: ${result.stderr.trim().slice(-500)}`);
  const bill = JSON.parse(result.stdout);
  const listed = new Set(bill.components.map((/** @type {{ 'bom-ref': string }} */ one) => one['bom-ref']));
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const { dependencies, devDependencies } = packages[''];
  /** A package of this tree is a link there, and its version stands at the folder. @param {string} name */
  const versionOf = (name) => {
    const { link, resolved, version } = packages[`node_modules/${name}`];
    return link ? packages[resolved].version : version;
  };
  const missing = Object.keys({ ...dependencies, ...devDependencies })
    .map((name) => `${name}@${versionOf(name)}`)
    .filter((one) => !listed.has(one));
  if (missing.length > 0) throw new Error(`The bill of materials lacks ${missing.slice(0, 5).join(', ')}`);
  const file = join(root, '.data', 'sbom.json');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, result.stdout);
  return { file, components: listed.size };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { file, components } = writeSbom(dirname(dirname(fileURLToPath(import.meta.url))));
  process.stdout.write(`${components} components written to ${file}\n`);
}
