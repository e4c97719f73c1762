'use client';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { paths } from '@/lib/paths';
import type { FileType, Scale } from '../policy';
import { Picture } from './picture';

export type Previewed = {
  id: string;
  name: string;
  contentType: FileType;
  frames: number;
  hasPaper: boolean;
  unshown: string | null;
  scale: Scale | null;
};

/** The body of `FilePreview`. */
export const FileShown = ({ file }: { file: Previewed }) => (
  <DialogContent title={file.name} className="max-w-4xl">
    <Shown file={file} />
  </DialogContent>
);

function Shown({ file }: { file: Previewed }) {
  if (file.hasPaper)
    return (
      <div className="grid gap-3">
        <iframe
          src={paths.fileView(file.id)}
          title={file.name}
          className="h-[70dvh] w-full rounded-md border border-border"
        />
        {/* Phones show the first page alone inside a page. */}
        <a
          href={paths.fileView(file.id)}
          target="_blank"
          rel="noreferrer"
          className={buttonClass({ size: 'sm', className: 'justify-self-end' })}
        >
          <Icon of="external-link" /> Open in a tab of its own
        </a>
      </div>
    );
  if (file.contentType === 'video/mp4')
    return (
      // biome-ignore lint/a11y/useMediaCaption: films of an eye have no speech that anybody has written down
      <video
        src={paths.fileView(file.id)}
        controls
        preload="metadata"
        aria-label={file.name}
        className="mx-auto max-h-[70dvh] w-full rounded-md bg-surface-sunken"
      />
    );
  if (file.frames > 0) return <Picture file={file} />;
  return (
    <Alert
      action={
        <a href={paths.file(file.id)} download className={buttonClass({ size: 'sm' })}>
          <Icon of="download" /> Download
        </a>
      }
    >
      {file.unshown}
    </Alert>
  );
}
