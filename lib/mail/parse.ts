import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
// Not called here: so that the build carries the package, which the thread loads.
import 'mailparser';

export type ParsedMail = {
  from: string | undefined;
  messageId: string | undefined;
  submitted: string;
  precedence: string;
  text: string;
  /** Of a report that a mail could not be delivered. */
  deliveryStatus?: string | undefined;
  files: { name: string; content: Buffer }[];
};

const MAX_SECONDS = 20;
/** Of the thread's own memory; the mail itself is outside of it. */
const MAX_HEAP_MB = 192;

let reading: Promise<string> | undefined;

function program(): Promise<string> {
  reading ??= readFile(join(process.cwd(), 'lib/mail/parse-mail.cjs'), 'utf8').catch((error: unknown) => {
    reading = undefined;
    throw error;
  });
  return reading;
}

type Bound = { maxSeconds?: number; maxHeapMb?: number };

/**
 * Takes a mail apart in a thread of its own.
 * @returns null when it is not a mail, or takes too much time or memory.
 */
export async function parseMail(
  raw: Buffer,
  { maxSeconds = MAX_SECONDS, maxHeapMb = MAX_HEAP_MB }: Bound = {},
): Promise<ParsedMail | null> {
  const thread = new Worker(await program(), {
    eval: true,
    workerData: raw,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ParsedMail | null>((resolve) => {
      timer = setTimeout(() => resolve(null), maxSeconds * 1_000);
      thread.once('message', (mail: ParsedMail | null) => resolve(mail && withBuffers(mail)));
      thread.once('error', () => resolve(null));
      thread.once('exit', () => resolve(null));
    });
  } finally {
    clearTimeout(timer);
    await thread.terminate();
  }
}

/** Between threads a Buffer becomes plain bytes. */
const withBuffers = (mail: ParsedMail): ParsedMail => ({
  ...mail,
  files: mail.files.map(({ name, content }) => ({ name, content: Buffer.from(content) })),
});
