import { join } from 'node:path';
import { startMailCatcher } from './catcher';

const port = (name: string, fallback: number): number => {
  const value = Number(process.env[name] || fallback);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  return fail(`${name} must be a port number.`);
};

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

const httpPort = port('HTTP_PORT', 3001);
const smtpPort = port('SMTP_PORT', 3002);
const dataDir = process.env.DATA_DIR || join(process.cwd(), '.data/mail');

try {
  const { INBOUND_URL: url, INBOUND_SECRET: secret } = process.env;
  const inbound = url && secret ? { inbound: { url, secret } } : {};
  const catcher = await startMailCatcher({ httpPort, smtpPort, dataDir, ...inbound });
  process.stdout.write(`Mail catcher: ${catcher.url}, taking mail at ${catcher.smtpUrl}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void catcher.stop().then(() => process.exit(0)));
  }
} catch (error) {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    const name = error.port === smtpPort ? 'SMTP_PORT' : 'HTTP_PORT';
    fail(`Port ${error.port} is in use. Stop what uses it, or choose another with ${name}.`);
  }
  throw error;
}
