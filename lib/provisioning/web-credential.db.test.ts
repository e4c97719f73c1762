import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetEnvironment } from '@/tests/builders/environment';
import { cellAdmin, cellUris } from './providers/self-hosted';

describe('a web process (WORKER=off)', () => {
  beforeEach(forgetEnvironment);
  afterEach(() => {
    vi.unstubAllEnvs();
    forgetEnvironment();
  });

  it('knows where the cells are and holds no way into them', () => {
    vi.stubEnv('WORKER', 'off');
    vi.stubEnv('PROVISIONER_MONGODB_URI', 'mongodb://root:s3cret-one@127.0.0.1:27017/?replicaSet=rs0');
    vi.stubEnv('CELL_URIS', 'cell-2=mongodb://root:s3cret-two@127.0.0.1:27018/?replicaSet=rs0');
    const uris = JSON.stringify([...cellUris()]);
    expect(uris).toContain('127.0.0.1:27017');
    expect(uris).toContain('127.0.0.1:27018');
    expect(uris).not.toMatch(/s3cret|root/);
    expect(() => cellAdmin('cell-1')).toThrow('WORKER=off');
  });

  it('is told from one that does the jobs', () => {
    vi.stubEnv('WORKER', 'only');
    vi.stubEnv('PROVISIONER_MONGODB_URI', 'mongodb://root:s3cret-one@127.0.0.1:27017/?replicaSet=rs0');
    expect(JSON.stringify([...cellUris()])).toContain('s3cret-one');
  });
});
