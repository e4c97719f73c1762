'use client';
import { ExternalLink } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { paths } from '@/lib/paths';
import { type FileType, isImage } from '../policy';

type Previewed = { id: string; name: string; contentType: FileType };

/** What a browser shows by itself. */
export const canPreview = (type: FileType): boolean => isImage(type) || type === 'application/pdf';

/**
 * An image or a PDF above the page. It is fetched when it is asked for: each opening of a document is in the
 * log.
 */
export function FilePreview({ file, trigger }: { file: Previewed; trigger: ReactNode }) {
  const [isBroken, setBroken] = useState(false);
  return (
    <Dialog onOpenChange={() => setBroken(false)}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={file.name} className="max-w-4xl">
        {file.contentType === 'application/pdf' ? (
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
              <ExternalLink aria-hidden="true" /> Open in a tab of its own
            </a>
          </div>
        ) : isBroken ? (
          <Alert tone="danger" live>
            The image cannot be shown here. Close this and download it instead.
          </Alert>
        ) : (
          // biome-ignore lint/performance/noImgElement: the optimizer must not keep copies of a patient's documents
          <img
            src={paths.file(file.id)}
            alt={file.name}
            onError={() => setBroken(true)}
            className="mx-auto max-h-[70dvh] rounded-md object-contain"
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
