'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormRadioGroup, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { sendFeedbackAction } from '../actions';
import { MOODS } from '../policy';

/** How it goes, in two clicks; more for those who want to say it. */
export function FeedbackDialog({ page, onClose }: { page: string; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title="Give feedback" description="To the makers of Chakravue. Please name no patient.">
        <ActionForm
          action={sendFeedbackAction}
          onSuccess={onClose}
          label="Feedback"
          draft={{ form: 'feedback' }}
        >
          <input type="hidden" name="page" value={page} />
          <FormRadioGroup name="mood" label="How does it go?" options={optionsOf(MOODS)} required />
          <FormTextarea
            name="text"
            label="What could be better?"
            rows={4}
            maxLength={2_000}
            help="Or what you like. You may leave it empty."
          />
          <FormCheckbox name="mayContact" label="You may write to me about it" />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={onClose}>Not now</Button>
            <SubmitButton>Send feedback</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
