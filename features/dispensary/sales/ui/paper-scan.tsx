'use client';
import { useEffect, useRef, useState } from 'react';
import { useField } from '@/components/forms/form-field';
import { runAction } from '@/components/forms/run-action';
import { Button } from '@/components/ui/button';
import { FieldGroup } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { ONE_REQUEST_MAX_BYTES, PAPER_TYPES } from '@/features/patients/files/policy';
import { CameraButton } from '@/features/patients/files/ui/camera';
import { sendFile } from '@/features/patients/files/ui/send-file';
import { formatBytes } from '@/lib/money';
import { paths } from '@/lib/paths';
import { removePaperAction } from '../actions';

const ACCEPT = Object.entries(PAPER_TYPES)
  .flatMap(([type, { extensions }]) => [type, ...extensions.map((extension) => `.${extension}`)])
  .join(',');

type Kept = { id: string; name: string };

/** A scan or a photo of the paper that was shown; it is kept at once, with the sale that follows. */
export function PaperScan({ saleKey, isNeeded }: { saleKey: string; isNeeded: boolean }) {
  const { id: fieldId, error } = useField('paperScan', 'Scan of the paper');
  const input = useRef<HTMLInputElement>(null);
  const [papers, setPapers] = useState<Kept[]>([]);
  const [percent, setPercent] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // Kept before, with a sale that was typed and is gone on with.
  useEffect(() => {
    if (!saleKey) return;
    const controller = new AbortController();
    void fetch(paths.salePapers(saleKey), { signal: controller.signal })
      .then(async (answer) => {
        if (!answer.ok) throw new Error('The papers did not come');
        const { papers: kept }: { papers: Kept[] } = await answer.json();
        setPapers((all) => [...kept.filter(({ id }) => all.every((one) => one.id !== id)), ...all]);
      })
      .catch(() => {
        if (!controller.signal.aborted)
          setProblem('Whether scans are kept already could not be read. Open this page again.');
      });
    return () => controller.abort();
  }, [saleKey]);
  const add = async (file: File) => {
    setProblem(null);
    if (file.size === 0 || file.size > ONE_REQUEST_MAX_BYTES) {
      setProblem(
        file.size === 0 ? 'The file is empty.' : `A paper is at most ${formatBytes(ONE_REQUEST_MAX_BYTES)}.`,
      );
      return;
    }
    setPercent(0);
    const sent = await sendFile(paths.salePapers(saleKey), file, setPercent);
    setPercent(null);
    if ('id' in sent) setPapers((all) => [...all, { id: sent.id, name: file.name }]);
    else setProblem('problem' in sent ? sent.problem : sent.question);
  };
  const remove = async ({ id: fileId }: Kept) => {
    const refused = await runAction(removePaperAction, { saleKey, fileId });
    if (refused) setProblem(refused);
    else setPapers((all) => all.filter((one) => one.id !== fileId));
  };
  return (
    <FieldGroup
      id={fieldId}
      legend="Scan of the paper"
      help={isNeeded ? 'It is kept with the sale, as the law asks.' : 'May be kept with the sale.'}
      error={problem ?? error}
      className="mt-5"
    >
      <ul className="grid gap-1 text-sm">
        {papers.map((paper) => (
          <li key={paper.id} className="flex items-center gap-2">
            <Icon of="file-text" className="size-4 text-text-subtle" />
            <span className="min-w-0 break-words">{paper.name}</span>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Remove ${paper.name}`}
              onClick={() => void remove(paper)}
            >
              <Icon of="trash" />
            </Button>
          </li>
        ))}
      </ul>
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        aria-label="Choose the scan"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void add(file);
          target.value = '';
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" disabled={percent !== null || !saleKey} onClick={() => input.current?.click()}>
          <Icon of="upload" /> Add a scan
        </Button>
        <CameraButton
          label="Take a photo"
          name="Take a photo of the paper"
          onPhoto={(file) => void add(file)}
        />
        {percent === null ? null : (
          <span role="status" className="text-[0.8125rem] text-text-muted">
            {percent < 100 ? `Uploading, ${percent} %` : 'Being checked'}
          </span>
        )}
      </div>
    </FieldGroup>
  );
}
