import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '../..');
/** What has native parts or is asked for only where a vendor is. */
const STAYS =
  /^(?:node:|@node-rs\/|@aws-sdk\/|@azure\/|sharp$|pdfkit$|harfbuzzjs$|stripe$|nodemailer$|mailparser$)/;

/** A program that processes are made of, and the way to remove it. */
export type Program = { file: string; remove: () => void };

/**
 * A file of this folder with all that it needs, as one: a process that begins in order to die would spend
 * most of its time on finding and loading a thousand files.
 */
export async function programOf(name: 'worker' | 'change-worker'): Promise<Program> {
  // Below the root, where what stays is found.
  const above = join(root, '.data');
  mkdirSync(above, { recursive: true, mode: 0o700 });
  const directory = mkdtempSync(join(above, 'chaos-'));
  const bundle = await rolldown({
    input: join(import.meta.dirname, `${name}.ts`),
    platform: 'node',
    external: STAYS,
    resolve: { alias: { '@': root, 'server-only': join(root, 'node_modules/server-only/empty.js') } },
    // Parts of the driver that are not installed, and are asked for only where somebody uses them.
    onLog: () => undefined,
  });
  await bundle.write({ dir: directory, format: 'esm', entryFileNames: 'main.mjs' });
  await bundle.close();
  return {
    file: join(directory, 'main.mjs'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
