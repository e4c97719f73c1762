/** What browsers have that read codes themselves; the types of TypeScript do not know it. */
type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorClass = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats: () => Promise<string[]>;
};

/** Of packs, of our labels and of our papers. A browser that reads only some of them is not asked. */
const FORMATS = ['data_matrix', 'qr_code', 'code_128', 'ean_13', 'ean_8'];

export type CodeReader = {
  /** What stands in the picture that the camera has now; null for nothing that is a code. */
  read: (video: HTMLVideoElement) => Promise<string | null>;
  close: () => void;
};
/** What the worker answers to each picture. */
export type ReadAnswer = { text: string | null } | { failed: true };

/** The browser's own where it has one that reads all of them, and works; else ours, loaded by then. */
export async function openCodeReader(signal: AbortSignal): Promise<CodeReader> {
  const own = await ownReader();
  let reader = own ?? workerReader(signal);
  return {
    read: async (video) => {
      try {
        return await reader.read(video);
      } catch (error) {
        // There is a detector, and what it needs of the telephone is not there: it never will be.
        if (reader !== own) throw error;
        reader = workerReader(signal);
        return null;
      }
    },
    close: () => reader.close(),
  };
}

async function ownReader(): Promise<CodeReader | null> {
  const { BarcodeDetector } = window as { BarcodeDetector?: DetectorClass };
  const formats = (await BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  if (!BarcodeDetector || !FORMATS.every((format) => formats.includes(format))) return null;
  const detector = new BarcodeDetector({ formats: FORMATS });
  return {
    read: async (video) => (await detector.detect(video))[0]?.rawValue || null,
    close: () => undefined,
  };
}

/** Beside the page, so that it stays quick, and under a policy of its own (next.config.mjs). */
function workerReader(signal: AbortSignal): CodeReader {
  const worker = new Worker(new URL('./read-codes-worker.ts', import.meta.url));
  signal.addEventListener('abort', () => worker.terminate());
  const canvas = document.createElement('canvas');
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  return {
    read: (video) =>
      new Promise((resolve, reject) => {
        const { videoWidth: width, videoHeight: height } = video;
        if (!drawing || width === 0) return resolve(null);
        Object.assign(canvas, { width, height });
        drawing.drawImage(video, 0, 0, width, height);
        const picture = drawing.getImageData(0, 0, width, height);
        worker.onmessage = ({ data }: MessageEvent<ReadAnswer>) =>
          'failed' in data ? reject(new Error('The reader of codes did not load')) : resolve(data.text);
        worker.onerror = () => reject(new Error('The reader of codes did not load'));
        worker.postMessage(picture, [picture.data.buffer]);
      }),
    close: () => worker.terminate(),
  };
}
