import pino, { type Logger } from 'pino';

const holder = globalThis as { [key: symbol]: Logger | undefined };
const KEY = Symbol.for('chakravue.logger');

/** JSON lines on stdout. Anything that could be a secret is removed by name. */
export const logger: Logger =
  holder[KEY] ??
  pino({
    level: process.env.LOG_LEVEL ?? 'info',
    base: { app: 'chakravue' },
    redact: {
      paths: [
        'password',
        '*.password',
        'uri',
        '*.uri',
        'connectionString',
        '*.connectionString',
        'token',
        '*.token',
      ],
      censor: '[removed]',
    },
  });
holder[KEY] = logger;
