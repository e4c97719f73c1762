/** A file of a folder as the browser names it, and as much as is asked of it. */
export type FolderEntry = { name: string; file: () => Promise<File> };

const DEVICE_FILE = /\.xml$/i;
/** Style sheets lie beside the data of some devices. */
const NOT_DATA = /stylesheet/i;
const MOST_BYTES = 1024 * 1024;

/**
 * Knows which files of a folder have come since the first look. A file counts when two looks in a row find it
 * unchanged: a device may still be writing it.
 */
export function folderWatch() {
  const done = new Map<string, string>();
  const before = new Map<string, string>();
  let isFirst = true;
  return async (entries: AsyncIterable<FolderEntry>): Promise<File[]> => {
    const fresh: File[] = [];
    for await (const { name, file } of entries) {
      if (!DEVICE_FILE.test(name) || NOT_DATA.test(name)) continue;
      // One that is taken away or locked between two looks is looked at once more, the next time.
      const found = await file().catch(() => null);
      if (!found || found.size === 0 || found.size > MOST_BYTES) continue;
      const state = `${found.size}|${found.lastModified}`;
      if (isFirst) done.set(name, state);
      else if (done.get(name) !== state && before.get(name) === state) {
        done.set(name, state);
        fresh.push(found);
      }
      before.set(name, state);
    }
    isFirst = false;
    return fresh;
  };
}
