'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import { describeFileAction } from '../actions';
import type { StoredFile } from '../dto';
import { DOCUMENT_EYES, DOCUMENT_KINDS, type DocumentEye, type DocumentKind } from '../policy';
import type { ChosenFacts } from './use-uploads';

const NO_EYE = 'Of no eye, or not said';

/** What the next files are of; said once for all that are dropped together. */
export function UploadFactsFields({
  facts,
  today,
  onChange,
}: {
  facts: ChosenFacts;
  today: string;
  onChange: (facts: ChosenFacts) => void;
}) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] gap-2 border-border border-b px-4 py-3 sm:px-5">
      <Field id="upload-kind" label="Kind of new documents" className="col-span-full">
        {(control) => (
          <Select
            {...control}
            options={optionsOf(DOCUMENT_KINDS)}
            value={facts.kind}
            onChange={({ target }) => onChange({ ...facts, kind: target.value as DocumentKind })}
          />
        )}
      </Field>
      <Field id="upload-eye" label="Eye">
        {(control) => (
          <Select
            {...control}
            placeholder={NO_EYE}
            options={optionsOf(DOCUMENT_EYES)}
            value={facts.eye}
            onChange={({ target }) => onChange({ ...facts, eye: target.value as DocumentEye | '' })}
          />
        )}
      </Field>
      <Field id="upload-day" label="Day taken">
        {(control) => (
          <Input
            {...control}
            type="date"
            max={today}
            value={facts.takenOn}
            onChange={({ target }) => onChange({ ...facts, takenOn: target.value })}
          />
        )}
      </Field>
    </div>
  );
}

/** Says afterwards what a document is of. */
export function DescribeDocument({
  file,
  orders,
  today,
  children,
}: {
  file: StoredFile;
  /** What was ordered for the patient, in words. */
  orders: readonly string[];
  today: string;
  children: React.ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>{children}</DialogTrigger>
      <DialogContent title={file.name}>
        <ActionForm
          action={describeFileAction}
          schema={async () => (await import('../schema')).describeFileInput}
          label={`About ${file.name}`}
          version={file.version}
          onSuccess={() => setOpen(false)}
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
            <Button onClick={() => setOpen(false)}>Cancel</Button>
          </FormActions>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
