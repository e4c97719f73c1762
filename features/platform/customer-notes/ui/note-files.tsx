import { Icon } from '@/components/ui/icon';
import { formatBytes } from '@/lib/money';
import { paths } from '@/lib/paths';

/** The files of a note, each to be opened. */
export function NoteFiles({ files }: { files: readonly { id: string; name: string; sizeBytes: number }[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4">
      {files.map((file) => (
        <li key={file.id}>
          <a
            href={`${paths.platformNoteAttachments}/${file.id}`}
            className="inline-flex items-center gap-1 text-[0.8125rem] text-accent underline-offset-4 hover:underline"
          >
            <Icon of="paperclip" className="size-3.5" />
            <span className="wrap-anywhere">{file.name}</span>
            <span className="text-text-subtle">{formatBytes(file.sizeBytes)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
