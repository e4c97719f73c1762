type ToastKind = 'success' | 'error' | 'info';
export type ToastMessage = {
  kind: ToastKind;
  text: string;
  description?: string;
  action?: { label: string; onClick: () => void };
};

type Listener = (message: ToastMessage) => void;

// What is said before the toaster has loaded waits here.
const waiting: ToastMessage[] = [];
let listener: Listener | null = null;

/** The toaster of the page takes what is said from now on, and what was said before. */
export function receiveToasts(next: Listener): () => void {
  listener = next;
  for (const message of waiting.splice(0)) next(message);
  return () => {
    if (listener === next) listener = null;
  };
}

function addToast(kind: ToastKind, text: string, options: Omit<ToastMessage, 'kind' | 'text'> = {}): void {
  const message = { kind, text, ...options };
  if (listener) listener(message);
  else waiting.push(message);
}

/**
 * A short answer in the corner: `toast.success('Patient registered')`. Errors that need an answer belong in
 * the form.
 */
export const toast = {
  success: (text: string, options?: Omit<ToastMessage, 'kind' | 'text'>) =>
    addToast('success', text, options),
  error: (text: string, options?: Omit<ToastMessage, 'kind' | 'text'>) => addToast('error', text, options),
  info: (text: string, options?: Omit<ToastMessage, 'kind' | 'text'>) => addToast('info', text, options),
};
