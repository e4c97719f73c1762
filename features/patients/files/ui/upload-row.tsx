import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Meter } from '@/components/ui/meter';
import type { Upload } from './use-uploads';

type UploadRowProps = {
  upload: Upload;
  onDismiss: (key: string) => void;
  onConfirm: (key: string) => void;
};

/** One file on its way: how far it is, why it was refused, or what has to be said about it first. */
export function UploadRow({ upload, onDismiss, onConfirm }: UploadRowProps) {
  const { key, name, percent, problem, question, isWaiting } = upload;
  if (question)
    return (
      <li className="px-4 py-3 sm:px-5">
        <Alert live tone="warning" title={<span className="break-words">Is {name} of this patient?</span>}>
          <p>{question}</p>
          <div className="mt-2 flex flex-wrap gap-2">
            <Button size="sm" variant="primary" onClick={() => onDismiss(key)}>
              Do not store it
            </Button>
            <Button size="sm" onClick={() => onConfirm(key)}>
              It is this patient: store it
            </Button>
          </div>
        </Alert>
      </li>
    );
  return (
    <li className="px-4 py-3 sm:px-5">
      {problem ? (
        <Alert
          live
          tone="danger"
          title={<span className="break-words">{name} was not stored</span>}
          action={
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Dismiss the message about ${name}`}
              onClick={() => onDismiss(key)}
            >
              <Icon of="x" />
            </Button>
          }
        >
          {problem}
        </Alert>
      ) : (
        <Meter
          label={`Uploading ${name}`}
          value={percent}
          max={100}
          text={
            isWaiting
              ? `${percent} %, waiting for the connection`
              : percent < 100
                ? `${percent} %`
                : 'Being checked'
          }
        />
      )}
    </li>
  );
}
