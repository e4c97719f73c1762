'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import { runAction } from '@/components/forms/run-action';
import { May } from '@/components/layout/may';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { deleteAnswerAction, saveAnswerAction } from '../actions';
import type { SavedAnswer } from '../queries';

/** Makes a saved answer, or changes one. */
export function SavedAnswerDialog({ answer }: { answer?: SavedAnswer }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        {answer ? <Button size="sm">Change</Button> : <Button variant="primary">New saved answer</Button>}
      </DialogTrigger>
      <DialogContent
        title={answer ? 'Change saved answer' : 'New saved answer'}
        description="{{name}}, {{organization}} and {{ticket}} are filled in when it is used."
      >
        <ActionForm
          action={saveAnswerAction}
          onSuccess={() => setOpen(false)}
          label="Saved answer"
          draft={{ form: 'saved-answer', ...(answer ? { of: answer.id, version: answer.version } : {}) }}
        >
          <input type="hidden" name="answerId" value={answer?.id ?? ''} />
          <FormField name="title" label="Name" maxLength={80} defaultValue={answer?.title} required />
          <FormTextarea
            name="text"
            label="Text"
            rows={8}
            maxLength={10_000}
            defaultValue={answer?.text}
            required
          />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <SubmitButton>Save answer</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

export function SavedAnswerList({ answers }: { answers: readonly SavedAnswer[] }) {
  if (answers.length === 0) {
    return (
      <EmptyState title="No saved answers yet" className="py-8">
        Save what you write again and again, and put it in with two clicks.
      </EmptyState>
    );
  }
  return (
    <ul className="divide-y divide-border">
      {answers.map((answer) => (
        <li key={answer.id} className="grid gap-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:px-5">
          <div className="min-w-0">
            <p className="font-medium text-text">{answer.title}</p>
            <p className="line-clamp-2 whitespace-pre-line text-[0.8125rem] text-text-muted">{answer.text}</p>
          </div>
          <May to="targets:write">
            <div className="flex items-start gap-2">
              <SavedAnswerDialog answer={answer} />
              <ConfirmDialog
                trigger={<Button size="sm">Delete</Button>}
                title={`Delete “${answer.title}”?`}
                confirmLabel="Delete answer"
                onConfirm={() => runAction(deleteAnswerAction, { answerId: answer.id })}
              >
                Answers that were sent with it stay as they are.
              </ConfirmDialog>
            </div>
          </May>
        </li>
      ))}
    </ul>
  );
}
