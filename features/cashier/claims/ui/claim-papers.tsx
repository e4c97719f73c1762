'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Icon } from '@/components/ui/icon';
import { Meter } from '@/components/ui/meter';
import { toast } from '@/components/ui/toast';
import type { StoredFile } from '@/features/patients/files/dto';
import { FILE_TYPES, ONE_REQUEST_MAX_BYTES, PAPER_TYPES } from '@/features/patients/files/policy';
import { sendFile } from '@/features/patients/files/ui/send-file';
import { formatBytes } from '@/lib/money';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';
import { removePaperAction } from '../actions';

const ACCEPT = Object.entries(PAPER_TYPES)
  .flatMap(([type, { extensions }]) => [type, ...extensions.map((extension) => `.${extension}`)])
  .join(',');
const TOO_LARGE = `A paper is at most ${formatBytes(ONE_REQUEST_MAX_BYTES)}.`;

type ClaimPaper = Pick<
  StoredFile,
  'id' | 'name' | 'contentType' | 'sizeBytes' | 'uploadedByName' | 'uploadedAt'
> & { canDelete: boolean };

type ClaimPapersProps = {
  claimId: string;
  papers: readonly ClaimPaper[];
  canWrite: boolean;
  timeZone: string;
};

/** What was sent to the payer and what came back: estimates, letters of approval, queries. */
export function ClaimPapers({ claimId, papers, canWrite, timeZone }: ClaimPapersProps) {
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<{ name: string; percent: number } | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const add = async (files: readonly File[]) => {
    setProblems([]);
    // One after the other: the line of a hospital is narrow.
    for (const file of files) {
      const said = (problem: string) => setProblems((all) => [...all, `${file.name}: ${problem}`]);
      if (file.size === 0 || file.size > ONE_REQUEST_MAX_BYTES) {
        said(file.size === 0 ? 'The file is empty.' : TOO_LARGE);
        continue;
      }
      const sent = await sendFile(paths.claimPapers(claimId), file, (percent) =>
        setSending({ name: file.name, percent }),
      );
      if ('id' in sent) toast.success(`${file.name} is stored.`);
      else said('problem' in sent ? sent.problem : sent.question);
    }
    setSending(null);
    router.refresh();
  };
  return (
    <Section
      title="Papers"
      flush
      actions={
        canWrite ? (
          <Button size="sm" disabled={sending !== null} onClick={() => input.current?.click()}>
            <Icon of="upload" /> Add papers
          </Button>
        ) : null
      }
    >
      {canWrite ? (
        <input
          ref={input}
          type="file"
          multiple
          accept={ACCEPT}
          aria-label="Choose papers"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            void add([...(target.files ?? [])]);
            // The same file may be chosen again after it was refused.
            target.value = '';
          }}
        />
      ) : null}
      {sending || problems.length > 0 ? (
        <div className="grid gap-3 px-4 py-3 sm:px-5">
          {problems.map((text) => (
            <Alert key={text} live tone="danger">
              {text}
            </Alert>
          ))}
          {sending ? (
            <Meter
              label={`Uploading ${sending.name}`}
              value={sending.percent}
              max={100}
              text={sending.percent < 100 ? `${sending.percent} %` : 'Being checked'}
            />
          ) : null}
        </div>
      ) : null}
      {papers.length === 0 ? (
        <p className="px-4 py-6 text-text-muted sm:px-5">
          {canWrite
            ? 'Add the estimate that was sent, the letter of approval, and what the payer asks.'
            : 'No paper of this case is here yet.'}
        </p>
      ) : (
        <ul aria-label="Papers of the claim" className="divide-y divide-border">
          {papers.map(({ id, name, contentType, sizeBytes, uploadedByName, uploadedAt, canDelete }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 sm:px-5">
              <Icon of="file-text" className="size-5 text-text-subtle" />
              <div className="min-w-40 flex-1">
                <p className="break-words font-medium text-text">{name}</p>
                <p className="text-[0.8125rem] text-text-muted">
                  {[
                    FILE_TYPES[contentType].name,
                    formatBytes(sizeBytes),
                    `${uploadedByName}, ${formatInstant(new Date(uploadedAt), timeZone)}`,
                  ].join(' · ')}
                </p>
              </div>
              <div className="no-print ml-auto flex shrink-0 gap-1">
                <Button asChild variant="ghost" size="icon-sm">
                  <a href={paths.claimPaper(id, claimId)} download aria-label={`Download ${name}`}>
                    <Icon of="download" />
                  </a>
                </Button>
                {canDelete ? (
                  <ConfirmDialog
                    title={`Delete ${name}?`}
                    confirmLabel="Delete paper"
                    onConfirm={() => runAction(removePaperAction, { claimId, fileId: id })}
                    trigger={
                      <Button variant="ghost" size="icon-sm" aria-label={`Delete ${name}`}>
                        <Icon of="trash" />
                      </Button>
                    }
                  >
                    The paper is removed for everybody and cannot be brought back. The log keeps that you
                    deleted it.
                  </ConfirmDialog>
                ) : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
