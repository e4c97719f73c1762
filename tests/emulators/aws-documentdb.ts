import { startDocumentDbEmulator } from '@/dev/aws-documentdb/emulator';

/**
 * An Amazon DocumentDB of this test's own, over its database server, with which the app has an account from
 * now on.
 */
export async function testDocumentDb(creationMs: number) {
  const emulator = await startDocumentDbEmulator({ mongoUri: process.env.MONGODB_URI ?? '', creationMs });
  Object.assign(process.env, {
    AWS_DOCUMENTDB_REGION: 'ap-south-1',
    AWS_DOCUMENTDB_ENDPOINT: emulator.url,
    AWS_DOCUMENTDB_INSTANCES: '2',
    AWS_ACCESS_KEY_ID: 'AKIATESTTESTTESTTEST',
    AWS_SECRET_ACCESS_KEY: 'a secret of this test alone',
  });
  return emulator;
}
