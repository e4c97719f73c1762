import 'server-only';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import pLimit, { type LimitFunction } from 'p-limit';
import type { DicomHeader, DicomLayout } from './dicom';

/** One thing to be done with the bytes of a file. `layout` and `page` say which picture in it. */
type Drawing = { bytes: Uint8Array; type: string; layout?: DicomLayout; tables?: Uint8Array; page?: number };

type Answer<T> = { answer?: T; problem?: string; isOurs?: boolean };

const MAX_SECONDS = 20;
/** Of a thread's own memory; pixels and files are outside of it. */
const MAX_HEAP_MB = 192;
/** Each takes a processor for as long as it runs, and memory for all pixels of its picture. */
const AT_ONCE = 2;
const KEY = Symbol.for('chakravue.picture-turns');
const global = globalThis as { [KEY]?: LimitFunction };

let reading: Promise<string> | undefined;

function program(): Promise<string> {
  reading ??= readFile(join(process.cwd(), 'lib/pictures/draw.cjs'), 'utf8').catch((error: unknown) => {
    reading = undefined;
    throw error;
  });
  return reading;
}

/**
 * Does one thing with a file in a thread of its own.
 * @returns null when the file does not let itself be read, or takes too much time or memory.
 * @throws Error when what reads it is not installed.
 */
async function run<T>(workerData: object, maxSeconds: number): Promise<T | null> {
  const code = await program();
  global[KEY] ??= pLimit(AT_ONCE);
  return global[KEY](async () => {
    const thread = new Worker(code, {
      eval: true,
      workerData,
      env: {},
      stderr: true,
      stdout: true,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<T | null>((resolve, reject) => {
        timer = setTimeout(() => resolve(null), maxSeconds * 1_000);
        thread.once('message', ({ answer, problem, isOurs }: Answer<T>) => {
          if (isOurs) reject(new Error(`A reader of pictures is not installed: ${problem}`));
          else resolve(answer ?? null);
        });
        thread.once('error', () => resolve(null));
        thread.once('exit', () => resolve(null));
      });
    } finally {
      clearTimeout(timer);
      await thread.terminate();
    }
  });
}

/** What the first megabytes of a DICOM file say; null when it is none. */
export const readDicomHeader = (bytes: Uint8Array, maxSeconds = MAX_SECONDS): Promise<DicomHeader | null> =>
  run({ task: 'header', bytes }, maxSeconds);

/** A deflated DICOM file with its data as it was before; null for one that is too large, or is none. */
export const inflateDicom = (bytes: Uint8Array): Promise<Uint8Array | null> =>
  run({ task: 'inflate', bytes }, MAX_SECONDS);

/** How many pages a TIFF has; null when it does not let itself be read. */
export const countPages = (bytes: Uint8Array): Promise<number | null> =>
  run({ task: 'pages', bytes }, MAX_SECONDS);

/** A picture, or the first page of a PDF, as a small square (WebP); null when it cannot be drawn. */
export const drawSmall = (drawing: Drawing): Promise<Uint8Array | null> =>
  run({ task: 'small', ...drawing }, MAX_SECONDS);

/**
 * A logo (PNG, JPEG or SVG) as a PNG of at most 480 pixels, drawn from its pixels alone; null when it cannot
 * be drawn.
 */
export const drawLogo = (bytes: Uint8Array): Promise<Uint8Array | null> =>
  run({ task: 'logo', bytes, type: '' }, MAX_SECONDS);
/** The middle of a photo as a square of 320 pixels (JPEG): what a banner needs, and no more of anybody. */
export const drawSquare = (drawing: Drawing): Promise<Uint8Array | null> =>
  run({ task: 'square', ...drawing }, MAX_SECONDS);

/** A picture as every browser shows it (JPEG), at most 4,096 pixels long; null when it cannot be drawn. */
export const drawForWeb = (drawing: Drawing, maxSeconds = MAX_SECONDS): Promise<Uint8Array | null> =>
  run({ task: 'web', ...drawing }, maxSeconds);
