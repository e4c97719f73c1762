'use client';
import { useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Icon, type LucideName } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { formatBytes } from '@/lib/money';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';
import { deleteFileAction } from '../actions';
import type { StoredFile } from '../dto';
import { filmText } from '../film';
import { DOCUMENT_EYES, DOCUMENT_KINDS, FILE_TYPES, type FileType, isImage } from '../policy';
import { Compare } from './compare';
import type { Compared } from './compare-panes';
import { DescribeDocument } from './describe-document';
import { canPreview, FilePreview } from './file-preview';

/** `day`: the day it was taken; where nobody has said, the day it came. */
export type ListedDocument = StoredFile & { canDelete: boolean; day: string };

const ICONS: Partial<Record<FileType, LucideName>> = {
  'application/dicom': 'scan-eye',
  'video/mp4': 'film',
};

/** A small picture where there is one; what kind of file it is where there is none. */
function Mark({ file }: { file: ListedDocument }) {
  const [isGone, setGone] = useState(false);
  const icon = ICONS[file.contentType] ?? (isImage(file.contentType) ? 'image' : 'file-text');
  return (
    <span className="grid size-12 shrink-0 place-items-center overflow-hidden rounded-md bg-surface-sunken">
      {file.hasThumbnail && !isGone ? (
        // biome-ignore lint/performance/noImgElement: the optimizer must not keep copies of a patient's documents
        <img
          src={paths.fileThumbnail(file.id)}
          alt=""
          width={48}
          height={48}
          loading="lazy"
          decoding="async"
          onError={() => setGone(true)}
          className="size-full object-cover"
        />
      ) : (
        <Icon of={icon} className="size-5 text-text-subtle" />
      )}
    </span>
  );
}

type RowProps = {
  file: ListedDocument;
  images: readonly Compared[];
  orders: readonly string[];
  canWrite: boolean;
  /** Of the page; elsewhere the visit is a link. */
  visitId: string | undefined;
  today: string;
  timeZone: string;
};

/** One document: what it is, whose, and what can be done with it. */
export function DocumentRow({ file, images, orders, canWrite, visitId, today, timeZone }: RowProps) {
  const what = [
    file.kind === 'other' ? null : DOCUMENT_KINDS[file.kind],
    file.eye ? DOCUMENT_EYES[file.eye].toLowerCase() : null,
    file.orderedAs ? `result of ${file.orderedAs}` : null,
  ].filter(Boolean);
  const facts = [
    FILE_TYPES[file.contentType].name,
    ...(file.frames > 1 ? [`${file.frames} pictures`] : []),
    ...(file.seconds ? [filmText(file.seconds)] : []),
    formatBytes(file.sizeBytes),
    `${file.uploadedByName}, ${formatInstant(new Date(file.uploadedAt), timeZone)}`,
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 sm:px-5">
      <Mark file={file} />
      <div className="min-w-40 flex-1">
        <p className="break-words font-medium text-text">{file.name}</p>
        {what.length > 0 ? <p className="text-sm text-text">{what.join(', ')}</p> : null}
        <p className="text-[0.8125rem] text-text-muted">
          {facts.join(' · ')}
          {file.visitId && file.visitId !== visitId ? (
            <>
              {' · '}
              <Link href={paths.visit(file.visitId)} className="underline underline-offset-4">
                Visit
              </Link>
            </>
          ) : null}
        </p>
      </div>
      <div className="no-print ml-auto flex shrink-0 gap-1">
        {canPreview(file) ? (
          <FilePreview
            file={file}
            trigger={
              <Button variant="ghost" size="icon-sm" aria-label={`View ${file.name}`}>
                <Icon of="eye" />
              </Button>
            }
          />
        ) : null}
        {file.frames > 0 && images.length > 1 ? (
          <Compare file={file} images={images}>
            <Button variant="ghost" size="icon-sm" aria-label={`Compare ${file.name}`}>
              <Icon of="columns-2" />
            </Button>
          </Compare>
        ) : null}
        {canWrite ? (
          <DescribeDocument file={file} orders={orders} today={today}>
            <Button variant="ghost" size="icon-sm" aria-label={`Describe ${file.name}`}>
              <Icon of="pencil" />
            </Button>
          </DescribeDocument>
        ) : null}
        <Button asChild variant="ghost" size="icon-sm">
          <a href={paths.file(file.id)} download aria-label={`Download ${file.name}`}>
            <Icon of="download" />
          </a>
        </Button>
        {file.canDelete ? (
          <ConfirmDialog
            title={`Delete ${file.name}?`}
            confirmLabel="Delete document"
            onConfirm={() => runAction(deleteFileAction, { fileId: file.id })}
            trigger={
              <Button variant="ghost" size="icon-sm" aria-label={`Delete ${file.name}`}>
                <Icon of="trash" />
              </Button>
            }
          >
            The document is removed for everybody and cannot be brought back. The log keeps that you deleted
            it.
          </ConfirmDialog>
        ) : null}
      </div>
    </li>
  );
}
