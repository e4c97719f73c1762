import { vi } from 'vitest';
import { closeMaster } from '@/lib/master/connection';
import { forgetEnvironment } from './builders/environment';
import { request } from './emulators/request';

vi.mock('next/headers', async () => (await import('./emulators/request')).ofHeaders);

/**
 * The process has loaded the product for earlier files. Each has a master database of its own all the same,
 * and may say in the environment what it likes, as the first one: what was said is taken back.
 */
const FIRST = Symbol.for('chakravue.tests.environment');
const kept = globalThis as { [key: symbol]: Record<string, unknown> | undefined };

const { MASTER_DATABASE } = process.env;
kept[FIRST] ??= { ...process.env };
const first = kept[FIRST];
for (const name of Object.keys(process.env)) if (!(name in first)) delete process.env[name];
Object.assign(process.env, first, { MASTER_DATABASE });

// What was counted of the use in an earlier file is not written into the database of this one.
const USAGE = Symbol.for('chakravue.usage');
const { timer } = (kept[USAGE] ?? {}) as { timer?: NodeJS.Timeout };
clearTimeout(timer);
delete kept[USAGE];
await closeMaster();
forgetEnvironment();
Object.assign(request, { principal: null, headers: () => ({}) });
