'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';
import { ALLOWED_SENTENCE, type DocumentEye, type DocumentKind, FILE_MAX_BYTES } from '../policy';
import { sendFile } from './send-file';

/** What is said of files before they are chosen. */
export type UploadFacts = { kind: DocumentKind; eye: DocumentEye | ''; takenOn: string };

export type Upload = { key: string; name: string; percent: number; problem?: string };

/**
 * What is being uploaded and what was refused. Files go one after the other: a ward's connection is narrow.
 */
export function useUploads(patientId: string, visitId?: string) {
  const router = useRouter();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const line = useRef<Promise<void>>(Promise.resolve());
  const change = (key: string, facts: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...facts } : one)));
  const remove = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));

  const add = (files: readonly File[], facts: UploadFacts) => {
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
      line.current = line.current.then(async () => {
        const query = new URLSearchParams({ patientId, ...facts, ...(visitId ? { visitId } : {}) });
        const sent = await sendFile(`${paths.files}?${query}`, file, (percent) => change(key, { percent }));
        if ('problem' in sent) return change(key, { problem: sent.problem });
        remove(key);
        toast.success(`${file.name} is stored.`);
        router.refresh();
      });
    }
  };
  return { uploads, add, dismiss: remove };
}
