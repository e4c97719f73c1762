'use client';
import { useRef, useState } from 'react';
import { useField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { FieldGroup } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { sendFile } from '@/features/patients/files/ui/send-file';
import { formatBytes } from '@/lib/money';
import { ATTACHMENT_MAX_BYTES, ATTACHMENT_TYPES, ATTACHMENTS_MAX, ATTACHMENTS_SENTENCE } from '../policy';

const ACCEPT = Object.entries(ATTACHMENT_TYPES)
  .flatMap(([type, { extensions }]) => [type, ...extensions.map((extension) => `.${extension}`)])
  .join(',');

type Attached = {
  key: string;
  name: string;
  sizeBytes: number;
  percent: number;
  id?: string;
  problem?: string;
};

/**
 * Files that go with a message: each is sent as soon as it is chosen, and posted by its id. Give it a new
 * `key` to empty it.
 */
export function AttachmentsField({ address, help = '' }: { address: string; help?: string }) {
  const { id, error } = useField('attachmentIds', 'Attachments');
  const [files, setFiles] = useState<Attached[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const taken = files.filter(({ problem }) => !problem);
  const change = (key: string, facts: Partial<Attached>) =>
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...facts } : one)));
  const remove = (key: string) => {
    setFiles((all) => all.filter((one) => one.key !== key));
    button.current?.focus();
  };
  const add = (chosen: readonly File[]) => {
    let room = ATTACHMENTS_MAX - taken.length;
    for (const file of chosen) {
      const key = crypto.randomUUID();
      const problem =
        file.size === 0
          ? 'The file is empty.'
          : file.size > ATTACHMENT_MAX_BYTES
            ? `The file is too large. ${ATTACHMENTS_SENTENCE}`
            : room <= 0
              ? `A message can have ${ATTACHMENTS_MAX} files.`
              : undefined;
      const facts = { key, name: file.name, sizeBytes: file.size, percent: 0 };
      setFiles((all) => [...all, { ...facts, ...(problem ? { problem } : {}) }]);
      if (problem) continue;
      room--;
      void sendFile(address, file, (percent) => change(key, { percent })).then((sent) =>
        change(key, 'question' in sent ? { problem: sent.question } : sent),
      );
    }
  };
  return (
    <FieldGroup
      id={id}
      legend="Attachments"
      error={error}
      help={[ATTACHMENTS_SENTENCE, help].filter(Boolean).join(' ')}
    >
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPT}
        aria-label="Choose files to attach"
        className="sr-only"
        tabIndex={-1}
        onChange={({ target }) => {
          add([...(target.files ?? [])]);
          // The same file may be chosen again after it was refused.
          target.value = '';
        }}
      />
      {files.length > 0 ? (
        <ul aria-label="Files to send" className="grid gap-1.5">
          {files.map((file) => (
            <li
              key={file.key}
              className="flex items-start justify-between gap-2 rounded-md border border-border px-3 py-1.5"
            >
              <span className="min-w-0 py-1 text-[0.8125rem]">
                <span className="break-words font-medium text-text">{file.name}</span>{' '}
                <span className="text-text-subtle tabular-nums">{formatBytes(file.sizeBytes)}</span>
                <span role="status" className={file.problem ? 'block text-danger' : 'block text-text-subtle'}>
                  {file.problem ??
                    (file.id
                      ? 'Attached'
                      : file.percent < 100
                        ? `Sending, ${file.percent} %`
                        : 'Being checked')}
                </span>
              </span>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Remove ${file.name}`}
                onClick={() => remove(file.key)}
              >
                <Icon of="x" />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      {taken.map((file) => (
        <input key={file.key} type="hidden" name="attachmentIds[]" value={file.id ?? 'on its way'} />
      ))}
      <div>
        <Button
          ref={button}
          size="sm"
          disabled={taken.length >= ATTACHMENTS_MAX}
          onClick={() => input.current?.click()}
        >
          <Icon of="paperclip" /> Attach files
        </Button>
      </div>
    </FieldGroup>
  );
}
