// Makes lib/provisioning/atlas/{schema.d.ts,versions.ts} from the official specification of the Atlas Admin
// API:
// node scripts/atlas-types.mjs path/to/openapi.json
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const [file] = process.argv.slice(2);
if (!file) {
  process.stderr.write('Say where the specification is: node scripts/atlas-types.mjs openapi.json\n');
  process.exit(1);
}
const HEAD = '// Made by scripts/atlas-types.mjs; not to be edited.\n';
const SILENT = new Set(['description', 'example', 'examples', 'externalDocs', 'x-xgen-changelog']);
const specification = JSON.parse(readFileSync(file, 'utf8'), (key, value) =>
  SILENT.has(key) && (typeof value === 'string' || key !== 'description') ? undefined : value,
);
// Only what is called: the rest of the specification is for other parts.
const USED = [
  '/api/atlas/v2/groups',
  '/api/atlas/v2/groups/{groupId}',
  '/api/atlas/v2/groups/{groupId}/clusters',
  '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}',
  '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/status',
  '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/snapshots',
  '/api/atlas/v2/groups/{groupId}/flexClusters',
  '/api/atlas/v2/groups/{groupId}/flexClusters/{name}',
  '/api/atlas/v2/groups/{groupId}/databaseUsers',
  '/api/atlas/v2/groups/{groupId}/databaseUsers/{databaseName}/{username}',
  '/api/atlas/v2/groups/{groupId}/accessList',
  '/api/atlas/v2/groups/{groupId}/accessList/{entryValue}/status',
];
specification.paths = Object.fromEntries(USED.map((path) => [path, specification.paths[path]]));

// What is read from answers: a vendor's extra values must not break a comparison, so enums stay as they are
// written.
const types = await openapiTS(specification, {
  readWriteMarkers: true,
  excludeDeprecated: true,
  defaultNonNullable: false,
});
writeFileSync('lib/provisioning/atlas/schema.d.ts', `${HEAD}${astToString(types)}`);

const VERSION = /^application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json$/;
/** @param {object | undefined} content by media type */
const versionOf = (content) => Object.keys(content ?? {}).flatMap((type) => VERSION.exec(type)?.[1] ?? [])[0];
const rows = [];
for (const [path, methods] of Object.entries(specification.paths)) {
  for (const [method, operation] of Object.entries(methods)) {
    const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'));
    const version = versionOf(success?.[1].content) ?? versionOf(operation.requestBody?.content);
    if (version) rows.push(`  '${method.toUpperCase()} ${path}': '${version}',`);
  }
}
writeFileSync(
  'lib/provisioning/atlas/versions.ts',
  `${HEAD}/** The version of each operation that we were written for; versions are per resource. */
export const ATLAS_VERSIONS: Readonly<Record<string, string>> = {\n${rows.join('\n')}\n};\n`,
);
