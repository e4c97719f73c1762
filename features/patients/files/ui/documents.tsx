'use client';
import { clsx } from 'clsx';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { Select } from '@/components/ui/select';
import { monthName } from '@/lib/words';
import { ALLOWED_SENTENCE, DOCUMENT_EYES, DOCUMENT_KINDS, FILE_TYPES } from '../policy';
import { CameraButton } from './camera';
import { UploadFactsFields } from './document-facts';
import { DocumentRow, type ListedDocument } from './document-row';
import { UploadRow } from './upload-row';
import { type ChosenFacts, useUploads } from './use-uploads';

const ACCEPT = Object.entries(FILE_TYPES)
  .flatMap(([type, { extensions }]) => [type, ...extensions.map((extension) => `.${extension}`)])
  .join(',');

/** Each has a picture and what can be done with it: of a hundred the page would be slow to open. */
const SHOWN = 20;

type DocumentsProps = {
  patientId: string;
  /** All of the patient, the newest first by the day of each. */
  files: readonly ListedDocument[];
  canUpload: boolean;
  timeZone: string;
  today: string;
  /** Where documents are added to a visit, and its own are shown first. */
  visitId?: string;
  /** What was ordered for the patient, in words. */
  orders?: readonly string[];
};

/** A patient's documents by month: what is there, found by kind and eye, and room to drop more. */
export function Documents({
  patientId,
  files,
  canUpload,
  timeZone,
  today,
  visitId,
  orders = [],
}: DocumentsProps) {
  const { uploads, add: upload, confirm, dismiss } = useUploads(patientId, visitId);
  const [facts, setFacts] = useState<ChosenFacts>({ kind: 'other', eye: '', takenOn: today });
  const [isAll, setAll] = useState(false);
  const [filter, setFilter] = useState({ kind: '', eye: '', visit: '' });
  const add = (chosen: readonly File[]) => upload(chosen, facts);
  const shown = files.filter(
    ({ kind, eye, visitId: of }) =>
      (filter.kind === '' || kind === filter.kind) &&
      (filter.eye === '' || eye === filter.eye || eye === 'both') &&
      (filter.visit === '' || of === visitId),
  );
  const listed = isAll ? shown : shown.slice(0, SHOWN);
  const images = files.filter(({ frames }) => frames > 0);
  const months = [...new Set(listed.map(({ day }) => day.slice(0, 7)))];
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const choose = () => input.current?.click();
  const hasFiles = (event: DragEvent) => canUpload && event.dataTransfer.types.includes('Files');
  const chooseButton = (
    <>
      <CameraButton label="Photo" name="Take a photo" onPhoto={(photo) => add([photo])} />
      <Button size="sm" onClick={choose}>
        <Icon of="upload" /> Upload documents
      </Button>
    </>
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
        className={clsx(isOver && 'ring-2 ring-accent')}
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
        {canUpload ? <UploadFactsFields facts={facts} today={today} onChange={setFacts} /> : null}
        {files.length > 1 ? (
          <Filter files={files} filter={filter} visitId={visitId} onChange={setFilter} />
        ) : null}
        {isEmpty ? (
          <EmptyState
            className="py-8"
            icon={<Icon of="file-text" />}
            title={isOver ? 'Drop to upload' : 'No documents yet'}
            action={
              canUpload ? <div className="flex flex-wrap justify-center gap-2">{chooseButton}</div> : null
            }
          >
            {canUpload
              ? `Drop scans, letters or papers here. ${ALLOWED_SENTENCE}`
              : 'Scans, letters and papers of this patient appear here.'}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-border">
            {uploads.map((upload) => (
              <UploadRow key={upload.key} upload={upload} onDismiss={dismiss} onConfirm={confirm} />
            ))}
            {months.map((month) => (
              <li key={month}>
                <p className="bg-surface-sunken px-4 py-1 font-medium text-[0.8125rem] text-text-muted sm:px-5">
                  {monthName(month)}
                </p>
                <ul aria-label={monthName(month)} className="divide-y divide-border">
                  {listed
                    .filter(({ day }) => day.startsWith(month))
                    .map((file) => (
                      <DocumentRow
                        key={file.id}
                        {...{ file, images, orders, today, timeZone, visitId }}
                        canWrite={canUpload}
                      />
                    ))}
                </ul>
              </li>
            ))}
            {listed.length < shown.length ? (
              <li className="px-4 py-3 sm:px-5">
                <Button size="sm" onClick={() => setAll(true)}>
                  Show all {shown.length} documents
                </Button>
              </li>
            ) : null}
            {shown.length === 0 && files.length > 0 ? (
              <li className="px-4 py-6 text-text-muted sm:px-5">No document is like this.</li>
            ) : null}
          </ul>
        )}
      </Section>
    </div>
  );
}

type FilterProps = {
  files: readonly ListedDocument[];
  filter: { kind: string; eye: string; visit: string };
  visitId: string | undefined;
  onChange: (filter: FilterProps['filter']) => void;
};

/** Only what is there is offered. */
function Filter({ files, filter, visitId, onChange }: FilterProps) {
  const kinds = Object.entries(DOCUMENT_KINDS).filter(([key]) => files.some(({ kind }) => kind === key));
  const eyes = Object.entries(DOCUMENT_EYES).filter(
    ([key]) => key !== 'both' && files.some(({ eye }) => eye === key),
  );
  const options = (list: [string, string][]) => list.map(([value, label]) => ({ value, label }));
  return (
    <div className="no-print flex flex-wrap gap-2 border-border border-b px-4 py-2 sm:px-5">
      <Select
        aria-label="Show the kind"
        className="min-w-32 flex-1"
        placeholder="All kinds"
        options={options(kinds)}
        value={filter.kind}
        onChange={({ target }) => onChange({ ...filter, kind: target.value })}
      />
      <Select
        aria-label="Show the eye"
        className="min-w-28 flex-1"
        placeholder="Both eyes"
        options={options(eyes)}
        value={filter.eye}
        onChange={({ target }) => onChange({ ...filter, eye: target.value })}
      />
      {visitId ? (
        <Select
          aria-label="Show the visit"
          className="min-w-28 flex-1"
          placeholder="All visits"
          options={[{ value: 'this', label: 'This visit' }]}
          value={filter.visit}
          onChange={({ target }) => onChange({ ...filter, visit: target.value })}
        />
      ) : null}
    </div>
  );
}
