import { paths } from '@/lib/paths';
import type { StoredFile } from '../dto';

/** Waits between tries: a router that starts again needs a minute. */
const WAIT_SECONDS = [1, 2, 4, 8, 15, 30, 30];
const LOST = 'The connection was lost. Please upload the file again.';
const STOPPED =
  'The connection was lost. What has arrived is kept for a day: choose the same file again, and it goes on.';
const FAILED = 'The file could not be stored. Please try again.';

/** What became of a file: it is stored, it was refused, or something has to be said about it first. */
export type Sent = StoredFile | { problem: string } | { question: string; uploadId?: string };

type Reply = { status: number; answer: Answer };

/** Fetch does not tell how far an upload is; this does. Status 0: the connection was lost. */
function post(
  address: string,
  body: Blob,
  headers: Record<string, string>,
  onProgress: (sentBytes: number) => void,
): Promise<Reply> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.responseType = 'json';
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => resolve({ status: request.status, answer: request.response });
    request.onerror = () => resolve({ status: 0, answer: null });
    request.onabort = () => resolve({ status: 0, answer: null });
    request.send(body);
  });
}

/** Sends one file in one request. */
export async function sendFile(
  address: string,
  file: File,
  onProgress: (percent: number) => void,
): Promise<Sent> {
  const headers = {
    'content-type': file.type || 'application/octet-stream',
    'x-file-name': encodeURIComponent(file.name),
    'x-file-size': String(file.size),
  };
  const { status, answer } = await post(address, file, headers, (sentBytes) =>
    onProgress(Math.round((sentBytes / file.size) * 100)),
  );
  return status === 0 ? { problem: LOST } : sentOf(status, answer);
}

const isPassing = (status: number): boolean => status === 0 || status === 429 || status >= 500;

/** Tries for as long as a connection may be away; each try says so by `onWait`. */
async function patiently(send: () => Promise<Reply>, onWait: (isWaiting: boolean) => void): Promise<Reply> {
  for (const seconds of WAIT_SECONDS) {
    const reply = await send();
    if (!isPassing(reply.status)) return reply;
    onWait(true);
    await new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(timer);
        removeEventListener('online', go);
        resolve();
      };
      const timer = setTimeout(go, seconds * 1_000);
      addEventListener('online', go);
    });
    onWait(false);
  }
  return send();
}

/**
 * Sends a large file in parts. A connection that is cut costs the part that was on its way; the same file
 * chosen once more, also on another day, goes on where it stopped. `still` is a picture out of a film.
 */
export async function sendInParts(
  file: File,
  { isConfirmed, ...facts }: Record<string, string>,
  on: { progress: (percent: number) => void; wait: (isWaiting: boolean) => void },
  still: Blob | null = null,
): Promise<Sent> {
  const about = { ...facts, name: file.name, claimedType: file.type, sizeBytes: file.size };
  const mark = `${file.name}|${file.size}|${file.lastModified}`;
  const json = new Blob([JSON.stringify({ ...about, mark })]);
  const headers = { 'content-type': 'application/json' };
  const begun = await patiently(() => post(paths.uploads, json, headers, () => undefined), on.wait);
  const { uploadId, partBytes, parts = [] } = (begun.answer ?? {}) as Begun;
  if (!uploadId || !partBytes)
    return begun.status === 0 ? { problem: LOST } : sentOf(begun.status, begun.answer);
  const has = new Set(parts);
  for (let part = 0, at = 0; at < file.size; part++, at += partBytes) {
    const piece = file.slice(at, at + partBytes);
    if (!has.has(part)) {
      const type = { 'content-type': 'application/octet-stream' };
      const tell = (sent: number) =>
        on.progress(Math.round(((at + Math.min(sent, piece.size)) / file.size) * 99));
      const reply = await patiently(() => post(paths.uploadPart(uploadId, part), piece, type, tell), on.wait);
      if (reply.status === 0) return { problem: STOPPED };
      if (reply.status !== 204) return sentOf(reply.status, reply.answer);
    }
    on.progress(Math.round(((at + piece.size) / file.size) * 99));
  }
  on.progress(100);
  const finish = `${paths.upload(uploadId)}${isConfirmed ? '?isConfirmed=yes' : ''}`;
  const done = await patiently(() => post(finish, still ?? new Blob([]), {}, () => undefined), on.wait);
  if (done.status === 0) return { problem: STOPPED };
  const sent = sentOf(done.status, done.answer);
  return 'question' in sent ? { ...sent, uploadId } : sent;
}

type Begun = { uploadId?: string; partBytes?: number; parts?: number[] };
type Answer = (Partial<StoredFile> & { message?: string; field?: string }) | null;

function sentOf(status: number, answer: Answer): Sent {
  if (status === 201 && answer?.id) return answer as StoredFile;
  const sentence = answer?.message ?? FAILED;
  return answer?.field === 'isConfirmed' ? { question: sentence } : { problem: sentence };
}
