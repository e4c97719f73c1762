'use client';
import { type ReactNode, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { paths } from '@/lib/paths';

/** An image above the page. It is fetched when it is asked for: each opening of a document is in the log. */
export function FilePreview({ file, trigger }: { file: { id: string; name: string }; trigger: ReactNode }) {
  const [isBroken, setBroken] = useState(false);
  return (
    <Dialog onOpenChange={() => setBroken(false)}>
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={file.name} className="max-w-3xl">
        {isBroken ? (
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
