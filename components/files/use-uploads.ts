'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { toast } from '@/components/ui/toast';
import { ALLOWED_SENTENCE, FILE_MAX_BYTES } from '@/lib/features/files/policy';
import { paths } from '@/lib/paths';

export type Upload = { key: string; name: string; percent: number; problem?: string };

const LOST = 'The connection was lost. Please upload the file again.';

/** Sends one file. Fetch does not tell how far an upload is; this does. @returns the sentence when it was refused. */
function send(
  patientId: string,
  file: File,
  onProgress: (percent: number) => void,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${paths.files}?patientId=${patientId}`);
    request.responseType = 'json';
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.setRequestHeader('x-file-size', String(file.size));
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / total) * 100));
    request.onload = () => {
      const answer: { message?: string } | null = request.response;
      resolve(
        request.status === 201
          ? undefined
          : (answer?.message ?? 'The file could not be stored. Please try again.'),
      );
    };
    request.onerror = () => resolve(LOST);
    request.onabort = () => resolve(LOST);
    request.send(file);
  });
}

/** What is being uploaded and what was refused. Files go one after the other: a ward's connection is narrow. */
export function useUploads(patientId: string) {
  const router = useRouter();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const line = useRef<Promise<void>>(Promise.resolve());
  const change = (key: string, facts: Partial<Upload>) =>
    setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...facts } : one)));
  const remove = (key: string) => setUploads((all) => all.filter((one) => one.key !== key));

  const add = (files: readonly File[]) => {
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
        const refusal = await send(patientId, file, (percent) => change(key, { percent }));
        if (refusal) return change(key, { problem: refusal });
        remove(key);
        toast.success(`${file.name} is stored.`);
        router.refresh();
      });
    }
  };
  return { uploads, add, dismiss: remove };
}
