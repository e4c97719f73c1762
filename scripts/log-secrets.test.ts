import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { secretsInLogs } from './lib/log-secrets.mjs';

it('names a secret that stands in a log, and the connection string of another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chakravue-logs-'));
  const env = {
    MONGODB_URI: 'mongodb://root:s3cret%2Bdatabase@127.0.0.1:1/',
    NEXTAUTH_SECRET: 'a long secret',
    PORT: '3000',
  };
  try {
    writeFileSync(join(folder, 'app.log'), 'listens on 3000\n{"err":"a long secret"}\n');
    writeFileSync(
      join(folder, 'mail.log'),
      'mongodb://org_1:abc@host/ s3cret+database and what they typed\n',
    );
    writeFileSync(join(folder, 'stripe.log'), 'mongodb://127.0.0.1:1/ without one\n');
    expect(secretsInLogs(folder, env, { 'a password': 'what they typed' })).toEqual([
      'app.log: NEXTAUTH_SECRET',
      'mail.log: the password of the database',
      'mail.log: a password',
      'mail.log: a connection string with its password',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
