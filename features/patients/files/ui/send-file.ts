const LOST = 'The connection was lost. Please upload the file again.';

/**
 * Sends one file. Fetch does not tell how far an upload is; this does.
 * @returns its id, or the sentence of a refusal.
 */
export function sendFile(
  address: string,
  file: File,
  onProgress: (percent: number) => void,
): Promise<{ id: string } | { problem: string }> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.responseType = 'json';
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
    request.setRequestHeader('x-file-size', String(file.size));
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / total) * 100));
    request.onload = () => {
      const answer: { id?: string; message?: string } | null = request.response;
      resolve(
        request.status === 201 && answer?.id
          ? { id: answer.id }
          : { problem: answer?.message ?? 'The file could not be stored. Please try again.' },
      );
    };
    request.onerror = () => resolve({ problem: LOST });
    request.onabort = () => resolve({ problem: LOST });
    request.send(file);
  });
}
