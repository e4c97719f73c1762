'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { describeFileAction } from '../actions';
import type { StoredFile } from '../dto';
import { DOCUMENT_EYES, DOCUMENT_KINDS } from '../policy';
import { NO_EYE } from './document-facts';

export type Described = {
  file: StoredFile;
  /** What was ordered for the patient, in words. */
  orders: readonly string[];
  today: string;
};

/** The body of `DescribeDocument`. */
export function DescribeForm({ file, orders, today, onClose }: Described & { onClose: () => void }) {
  return (
    <DialogContent title={file.name}>
      <ActionForm
        action={describeFileAction}
        schema={async () => (await import('../schema')).describeFileInput}
        label={`About ${file.name}`}
        version={file.version}
        onSuccess={onClose}
      >
        <input type="hidden" name="fileId" value={file.id} readOnly />
        <FormSelect name="kind" label="Kind" options={optionsOf(DOCUMENT_KINDS)} defaultValue={file.kind} />
        <FormSelect
          name="eye"
          label="Eye"
          placeholder={NO_EYE}
          options={optionsOf(DOCUMENT_EYES)}
          defaultValue={file.eye ?? ''}
        />
        <FormField
          name="takenOn"
          label="Day taken"
          type="date"
          max={today}
          help="Without one it stands at the day it came."
          defaultValue={file.takenOn ?? ''}
        />
        <datalist id={`orders-${file.id}`}>
          {orders.map((text) => (
            <option key={text} value={text} />
          ))}
        </datalist>
        <FormField
          name="orderedAs"
          label="Result of"
          list={`orders-${file.id}`}
          autoComplete="off"
          maxLength={200}
          placeholder="What was ordered"
          defaultValue={file.orderedAs ?? ''}
        />
        <FormActions>
          <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          <Button onClick={onClose}>Cancel</Button>
        </FormActions>
      </ActionForm>
    </DialogContent>
  );
}
