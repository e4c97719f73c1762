import 'server-only';
import { env } from '../env';
import { folderStore } from './folder';

/**
 * Where the content of files lives. Whole buffers and no streams: what is stored is sealed, and nothing of it
 * may be given out before its mark has been checked, which needs all of it. The size of a file is bounded by
 * its feature.
 */
export type FileStore = {
  put: (key: string, content: Uint8Array) => Promise<void>;
  /**
   * Null when there is nothing under the key.
   * @throws AppError UNAVAILABLE when the store cannot be reached.
   */
  get: (key: string) => Promise<Buffer | null>;
  /** The keys directly below `<folder>/`, in no order. */
  list: (folder: string) => Promise<string[]>;
  /** What is not there counts as deleted. */
  delete: (key: string) => Promise<void>;
};

/** Which of the two is in use, for the log and /api/health/ready. */
export const fileStoreKind = (): 'S3' | 'folder' => (env().S3_BUCKET ? 'S3' : 'folder');

const KEY = Symbol.for('chakravue.file-store');
const global = globalThis as { [key: symbol]: Promise<FileStore> | undefined };

/** The store of this process: the bucket S3_BUCKET, otherwise the folder FILES_FOLDER. */
export function fileStore(): Promise<FileStore> {
  global[KEY] ??= openStore();
  return global[KEY];
}

async function openStore(): Promise<FileStore> {
  const { S3_BUCKET, FILES_FOLDER } = env();
  if (!S3_BUCKET) return folderStore(FILES_FOLDER);
  // The SDK is large; who keeps files in a folder never loads it.
  const { s3Store } = await import('./s3');
  return s3Store(S3_BUCKET);
}
