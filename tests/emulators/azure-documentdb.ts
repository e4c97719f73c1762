import { startAzureEmulator } from '@/dev/azure-documentdb/emulator';

/**
 * An Azure DocumentDB of this test's own, over its database server, with which the app has an account from
 * now on.
 */
export async function testAzure(creationMs: number) {
  const emulator = await startAzureEmulator({ mongoUri: process.env.MONGODB_URI ?? '', creationMs });
  Object.assign(process.env, {
    AZURE_DOCUMENTDB_SUBSCRIPTION: '00000000-0000-0000-0000-000000000000',
    AZURE_DOCUMENTDB_ENDPOINT: emulator.url,
    AZURE_DOCUMENTDB_ACCESS_IPS: '127.0.0.1',
    IDENTITY_ENDPOINT: emulator.identity.endpoint,
    IDENTITY_HEADER: emulator.identity.header,
    // Of the emulator's own certificate, in this test's process alone.
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  });
  return emulator;
}
