'use client';
import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, laterContent } from '@/components/ui/dialog';
import type { Previewed } from './file-shown';

const FileShown = laterContent(() => import('./file-shown').then((file) => file.FileShown));

/** What the page has something to show or to say of. */
export const canPreview = ({ contentType, frames, hasPaper, unshown }: Previewed): boolean =>
  hasPaper || frames > 0 || contentType === 'video/mp4' || unshown !== null;

/**
 * A picture, a PDF or a film above the page. It is fetched when it is asked for: each opening of a document
 * is in the log.
 */
export const FilePreview = ({ file, trigger }: { file: Previewed; trigger: ReactNode }) => (
  <Dialog>
    <DialogTrigger asChild>{trigger}</DialogTrigger>
    <FileShown file={file} />
  </Dialog>
);
