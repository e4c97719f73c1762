import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';

/** What a form in a dialog sends along unseen, its fields, and the two ways out of it. */
export function DialogFormBody({
  fields,
  cancel,
  submit,
  onClose,
  children,
}: {
  fields: Readonly<Record<string, string>>;
  /** Of the button that changes nothing. */
  cancel: string;
  submit: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{cancel}</Button>
        {submit}
      </div>
    </>
  );
}
