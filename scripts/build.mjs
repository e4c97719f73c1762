// `npm run build`: the server of production in `.next/standalone`, with the product and nothing else in it.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from './lib/build.mjs';

await buildApp(dirname(dirname(fileURLToPath(import.meta.url))));
