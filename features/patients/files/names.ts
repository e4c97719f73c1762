import 'server-only';
import { fileStore } from '@/lib/storage/file-store';
import { partsOf } from './policy';

/** `name`: of a file's content its id; of a part, or of a picture made of it, the id and a word. */
export const contentKey = (organizationId: string, name: string): string => `${organizationId}/${name}`;

/** The pictures that are made of a file and can be made of it again. They count for nobody. */
export type Made = 'small' | 'web';
export const madeName = (fileId: string, made: Made): string => `${fileId}${made}`;

export const partName = (fileId: string, part: number): string => `${fileId}p${part}`;
/** Under which names the content of a stored file lies, in the order of its bytes. */
export const contentNames = (file: { id: string; sizeBytes: number; isInParts: boolean }): string[] =>
  file.isInParts
    ? Array.from({ length: partsOf(file.sizeBytes) }, (_, part) => partName(file.id, part))
    : [file.id];

/** Removes what the store holds of a file, whichever way it came. */
export async function removeContent(
  organizationId: string,
  file: { id: string; sizeBytes: number },
): Promise<void> {
  const store = await fileStore();
  const parts = contentNames({ ...file, isInParts: true });
  for (const name of [madeName(file.id, 'small'), madeName(file.id, 'web'), file.id, ...parts])
    await store.delete(contentKey(organizationId, name));
}
