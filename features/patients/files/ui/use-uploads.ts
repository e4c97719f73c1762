'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';
import {
  ALLOWED_SENTENCE,
  DOCUMENT_EYES,
  DOCUMENT_KINDS,
  type DocumentEye,
  type DocumentKind,
  FILE_MAX_BYTES,
  PART_BYTES,
} from '../policy';
import { isFilm, stillOf } from './film-still';
import { type Sent, sendFile, sendInParts } from './send-file';

/** What is said of files before they are chosen. */
export type ChosenFacts = { kind: DocumentKind; eye: DocumentEye | ''; takenOn: string };

export type Upload = {
  key: string;
  name: string;
  percent: number;
  problem?: string | undefined;
  /** What has to be answered before it is stored. */
  question?: string | undefined;
  /** Of a large file that has arrived and waits for the answer. */
  uploadId?: string | undefined;
  isWaiting?: boolean;
};

/** What a stored file is of: it may have said more than was chosen for it. */
function storedText(name: string, stored: Extract<Sent, { id: string }>): string {
  const what = [
    stored.kind === 'other' ? null : DOCUMENT_KINDS[stored.kind],
    stored.eye ? DOCUMENT_EYES[stored.eye].toLowerCase() : null,
  ].filter(Boolean);
  return what.length > 0 ? `${name} is stored: ${what.join(', ')}.` : `${name} is stored.`;
}

/**
 * What is being uploaded and what was refused. Files go one after the other: a ward's connection is narrow.
 */
export function useUploads(patientId: string, visitId?: string) {
  const router = useRouter();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const line = useRef<Promise<void>>(Promise.resolve());
  const kept = useRef(new Map<string, { file: File; facts: ChosenFacts }>());
  const change = (key: string, facts: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...facts } : one)));
  const remove = (key: string) => {
    kept.current.delete(key);
    setUploads((all) => all.filter((one) => one.key !== key));
  };

  const send = (key: string, isConfirmed: boolean) => {
    const one = kept.current.get(key);
    if (!one) return;
    line.current = line.current.then(async () => {
      const facts = { patientId, ...one.facts, ...(visitId ? { visitId } : {}) };
      const all = { ...facts, ...(isConfirmed ? { isConfirmed: 'yes' } : {}) };
      const progress = (percent: number) => change(key, { percent });
      const wait = (isWaiting: boolean) => change(key, { isWaiting });
      const sent =
        one.file.size > PART_BYTES || isFilm(one.file)
          ? await sendInParts(one.file, all, { progress, wait }, await stillOf(one.file))
          : await sendFile(`${paths.files}?${new URLSearchParams(all)}`, one.file, progress);
      if (!('id' in sent)) return change(key, sent);
      remove(key);
      toast.success(storedText(one.file.name, sent));
      router.refresh();
    });
  };
  const confirm = (key: string) => {
    change(key, { question: undefined, percent: 0 });
    send(key, true);
  };

  const add = (files: readonly File[], facts: ChosenFacts) => {
    for (const file of files) {
      const key = crypto.randomUUID();
      const problem =
        file.size === 0
          ? 'The file is empty.'
          : file.size > FILE_MAX_BYTES
            ? `The file is too large. ${ALLOWED_SENTENCE}`
            : undefined;
      setUploads((all) => [...all, { key, name: file.name, percent: 0, ...(problem ? { problem } : {}) }]);
      if (problem) continue;
      kept.current.set(key, { file, facts });
      send(key, false);
    }
  };
  const dismiss = (key: string) => {
    const { uploadId } = uploads.find((one) => one.key === key) ?? {};
    // What cannot be given up now is over by itself.
    if (uploadId) void fetch(paths.upload(uploadId), { method: 'DELETE' }).catch(() => undefined);
    remove(key);
  };
  return { uploads, add, confirm, dismiss };
}
