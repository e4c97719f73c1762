import { join } from 'node:path';
import { start } from './index.mjs';

try {
  const database = await start({
    dataDir: join(process.cwd(), '.data', 'database'),
    port: Number(process.env.DATABASE_PORT ?? 0),
    log: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${database.engine} ${database.version}\n${database.uri}\n`);
  const stop = async () => {
    await database.stop();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const code = await database.ended;
  if (code !== undefined) process.exit(code ?? 1);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
