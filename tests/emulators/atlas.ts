import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { startAtlasEmulator } from '@/dev/atlas/emulator';
import { ATLAS_VERSIONS } from '@/lib/provisioning/atlas/versions';

const specification =
  process.env.ATLAS_SPECIFICATION ?? join(process.cwd(), '../shared/atlas/atlas-subset.openapi.json');

/** An Atlas of this test's own, over its database server, with which the app has an account from now on. */
export async function testAtlas(creationMs: number) {
  const emulator = await startAtlasEmulator({
    clientId: 'mdb_sa_id_test',
    clientSecret: 'mdb_sa_sk_test',
    versions: ATLAS_VERSIONS,
    specification,
    creationMs,
    ...(process.env.MONGODB_URI ? { mongoUri: process.env.MONGODB_URI } : {}),
  });
  if (!emulator.isValidating) process.stdout.write(`bodies are not validated: no ${specification}\n`);
  Object.assign(process.env, {
    ATLAS_CLIENT_ID: 'mdb_sa_id_test',
    ATLAS_CLIENT_SECRET: 'mdb_sa_sk_test',
    ATLAS_ORGANIZATION_ID: '5f0000000000000000000000',
    ATLAS_BASE_URL: emulator.url,
    ATLAS_ACCESS_CIDRS: '127.0.0.1/32',
    ATLAS_CONNECTION: 'standard',
    ATLAS_PROJECT_PREFIX: `test-${randomUUID().slice(0, 8)}`,
    ATLAS_REGIONS: 'AWS:AP_SOUTH_1,AWS:AP_SOUTHEAST_1',
  });
  return emulator;
}
