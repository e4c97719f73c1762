'use client';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { type FolderEntry, folderWatch } from '../watch';

/** What browsers built on Chromium have, and the types of TypeScript do not. */
type Folder = {
  name: string;
  values: () => AsyncIterable<{ kind: 'file' | 'directory'; name: string; getFile: () => Promise<File> }>;
};
type Picker = { showDirectoryPicker?: (options: { id: string; mode: 'read' }) => Promise<Folder> };

const EVERY_MS = 2_000;
const CANNOT =
  'This browser cannot watch a folder. Chrome and Edge can; here, drop the file or choose it with “Read a file”.';
const GONE = 'The folder cannot be read any more. Choose it again.';

async function* filesOf(folder: Folder): AsyncGenerator<FolderEntry> {
  for await (const one of folder.values())
    if (one.kind === 'file') yield { name: one.name, file: () => one.getFile() };
}

/**
 * Watches the folder that a device writes to, on this computer and while the page is open. What comes is as
 * if it had been dropped: nothing of it is stored before somebody accepts it.
 */
export function WatchFolder({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [folder, setFolder] = useState<Folder | null>(null);
  const give = useRef(onFiles);
  useEffect(() => {
    give.current = onFiles;
  });

  useEffect(() => {
    if (!folder) return;
    const look = folderWatch();
    let isGone = false;
    let timer: ReturnType<typeof setTimeout>;
    const again = async () => {
      try {
        const files = await look(filesOf(folder));
        if (!isGone && files.length > 0) give.current(files);
      } catch {
        if (isGone) return;
        setFolder(null);
        toast.error(GONE);
        return;
      }
      if (!isGone) timer = setTimeout(() => void again(), EVERY_MS);
    };
    void again();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [folder]);

  const choose = async () => {
    const { showDirectoryPicker } = window as unknown as Picker;
    if (!showDirectoryPicker) return toast.error(CANNOT);
    try {
      setFolder(await showDirectoryPicker.call(window, { id: 'devices', mode: 'read' }));
    } catch (error) {
      // Closed without a choice: nothing to say.
      if (!(error instanceof DOMException && error.name === 'AbortError')) toast.error(GONE);
    }
  };
  if (folder)
    return (
      <Button size="sm" onClick={() => setFolder(null)}>
        <Icon of="folder-sync" className="text-success" /> Stop watching {folder.name}
      </Button>
    );
  return (
    <Button size="sm" onClick={() => void choose()}>
      <Icon of="folder-sync" /> Watch a folder
    </Button>
  );
}
