'use client';
import { type ReactNode, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/** What stands on a sheet, kept under a name of one's own for the next patient. */
export function KeepAs({
  label,
  size = 'md',
  title,
  description,
  nameLabel,
  confirmLabel,
  maxLength,
  keep,
  children,
}: {
  /** Of the button that asks for the name. */
  label: string;
  size?: 'sm' | 'md';
  title: string;
  description: string;
  nameLabel: string;
  confirmLabel: string;
  maxLength: number;
  /** @returns why it was not kept */
  keep: (name: string) => Promise<string | undefined>;
  /** What else has to be said. */
  children?: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [refusal, setRefusal] = useState<string | undefined>();
  const [isPending, setPending] = useState(false);
  const press = async () => {
    setPending(true);
    const refused = name.trim() === '' ? 'Enter the name.' : await keep(name).catch(() => NOT_KEPT);
    setPending(false);
    setRefusal(refused);
    if (refused) return;
    setName('');
    setOpen(false);
  };
  return (
    // What happens in the box is not typed into the sheet around it, and its keys are not the sheet's.
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps events to itself
    <div
      className="contents"
      onInput={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Dialog
        open={isOpen}
        onOpenChange={(isOpening) => {
          setOpen(isOpening);
          setRefusal(undefined);
        }}
      >
        <DialogTrigger asChild>
          <Button variant="ghost" size={size}>
            {label}
          </Button>
        </DialogTrigger>
        <DialogContent
          title={title}
          description={description}
          footer={
            <>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button variant="primary" pending={isPending} onClick={() => void press()}>
                {confirmLabel}
              </Button>
            </>
          }
        >
          <div className="grid gap-4">
            {refusal ? (
              <Alert tone="danger" live>
                {refusal}
              </Alert>
            ) : null}
            <Field label={nameLabel} required>
              {(control) => (
                <Input
                  {...control}
                  maxLength={maxLength}
                  autoComplete="off"
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                  onKeyDown={(event) => {
                    if (event.key !== 'Enter') return;
                    event.preventDefault();
                    void press();
                  }}
                />
              )}
            </Field>
            {children}
          </div>
        </DialogContent>
      </Dialog>
    </div>
  );
}

const NOT_KEPT = 'That did not work. Please try again.';
