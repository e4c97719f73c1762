'use client';
import {
  Download,
  Eye,
  FileText,
  Image as ImageIcon,
  ScanEye,
  Trash2,
  Upload as UploadIcon,
  X,
} from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Meter } from '@/components/ui/meter';
import { formatBytes } from '@/lib/money';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';
import { deleteFileAction } from '../actions';
import type { StoredFile } from '../dto';
import { ALLOWED_SENTENCE, FILE_TYPES, type FileType, isImage } from '../policy';
import { FilePreview } from './file-preview';
import { useUploads } from './use-uploads';

type Document = StoredFile & { canDelete: boolean };

const ACCEPT = Object.entries(FILE_TYPES)
  .flatMap(([type, { extensions }]) => [type, ...extensions.map((extension) => `.${extension}`)])
  .join(',');

/** A patient's documents: what is there, and room to drop more. */
export function Documents({
  patientId,
  files,
  canUpload,
  timeZone,
}: {
  patientId: string;
  files: readonly Document[];
  canUpload: boolean;
  timeZone: string;
}) {
  const { uploads, add, dismiss } = useUploads(patientId);
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const choose = () => input.current?.click();
  const hasFiles = (event: DragEvent) => canUpload && event.dataTransfer.types.includes('Files');
  const chooseButton = (
    <Button size="sm" onClick={choose}>
      <UploadIcon aria-hidden="true" /> Upload documents
    </Button>
  );
  const isEmpty = files.length === 0 && uploads.length === 0;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button does the same
    <div
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
          setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      }}
    >
      <Section
        title="Documents"
        flush
        className={cn(isOver && 'ring-2 ring-accent')}
        {...(canUpload && !isEmpty ? { actions: chooseButton } : {})}
      >
        {canUpload ? (
          <input
            ref={input}
            type="file"
            multiple
            accept={ACCEPT}
            aria-label="Choose documents"
            className="sr-only"
            tabIndex={-1}
            onChange={({ target }) => {
              add([...(target.files ?? [])]);
              // The same file may be chosen again after it was refused.
              target.value = '';
            }}
          />
        ) : null}
        {isEmpty ? (
          <EmptyState
            className="py-8"
            icon={<FileText />}
            title={isOver ? 'Drop to upload' : 'No documents yet'}
            action={canUpload ? chooseButton : null}
          >
            {canUpload
              ? `Drop scans, letters or papers here. ${ALLOWED_SENTENCE}`
              : 'Scans, letters and papers of this patient appear here.'}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-border">
            {uploads.map((upload) => (
              <li key={upload.key} className="px-4 py-3 sm:px-5">
                {upload.problem ? (
                  <Alert
                    live
                    tone="danger"
                    title={<span className="break-words">{upload.name} was not stored</span>}
                    action={
                      <Button
                        variant="ghost"
                        size="icon-sm"
                        aria-label={`Dismiss the message about ${upload.name}`}
                        onClick={() => dismiss(upload.key)}
                      >
                        <X aria-hidden="true" />
                      </Button>
                    }
                  >
                    {upload.problem}
                  </Alert>
                ) : (
                  <Meter
                    label={`Uploading ${upload.name}`}
                    value={upload.percent}
                    max={100}
                    text={upload.percent < 100 ? `${upload.percent} %` : 'Being checked'}
                  />
                )}
              </li>
            ))}
            {files.map((file) => (
              <DocumentRow key={file.id} file={file} timeZone={timeZone} />
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

const ICONS: Partial<Record<FileType, typeof FileText>> = { 'application/dicom': ScanEye };

function DocumentRow({ file, timeZone }: { file: Document; timeZone: string }) {
  const Icon = ICONS[file.contentType] ?? (isImage(file.contentType) ? ImageIcon : FileText);
  const facts = [
    FILE_TYPES[file.contentType].name,
    formatBytes(file.sizeBytes),
    `${file.uploadedByName}, ${formatInstant(new Date(file.uploadedAt), timeZone)}`,
  ];
  return (
    <li className="flex items-center gap-3 px-4 py-2.5 sm:px-5">
      <Icon aria-hidden="true" className="size-5 shrink-0 text-text-subtle" />
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium text-text">{file.name}</p>
        <p className="text-[0.8125rem] text-text-muted">{facts.join(' · ')}</p>
      </div>
      <div className="no-print flex shrink-0 gap-1">
        {isImage(file.contentType) ? (
          <FilePreview
            file={file}
            trigger={
              <Button variant="ghost" size="icon-sm" aria-label={`View ${file.name}`}>
                <Eye aria-hidden="true" />
              </Button>
            }
          />
        ) : null}
        <Button asChild variant="ghost" size="icon-sm">
          <a href={paths.file(file.id)} download aria-label={`Download ${file.name}`}>
            <Download aria-hidden="true" />
          </a>
        </Button>
        {file.canDelete ? (
          <ConfirmDialog
            title={`Delete ${file.name}?`}
            confirmLabel="Delete document"
            onConfirm={() => runAction(deleteFileAction, { fileId: file.id })}
            trigger={
              <Button variant="ghost" size="icon-sm" aria-label={`Delete ${file.name}`}>
                <Trash2 aria-hidden="true" />
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
