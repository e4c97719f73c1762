'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormRadioGroup, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import { paths } from '@/lib/paths';
import { makeDemoAction } from '../actions';

const PURPOSES = [
  { value: 'demo', label: 'A demo to show', description: 'Filled from a template' },
  {
    value: 'sandbox',
    label: 'A sandbox for a customer’s staff to practise in',
    description: 'Filled from a template',
  },
  { value: 'template', label: 'A template', description: 'Empty; fill it with invented people' },
];

/** The body of `DemoDialog`. */
export function DemoForm({
  templates,
  onClose,
}: {
  templates: readonly { id: string; name: string }[];
  onClose: () => void;
}) {
  const router = useRouter();
  const [purpose, setPurpose] = useState(templates.length > 0 ? 'demo' : 'template');
  return (
    <DialogContent
      title="New demo, sandbox or template"
      description="A copy gets a database and keys of its own, and its last working day becomes today. Customers’ data is never copied."
    >
      <ActionForm
        action={makeDemoAction}
        warnOnLeave={false}
        onSuccess={({ organizationId }) => {
          onClose();
          router.push(paths.platformOrganization(organizationId));
        }}
      >
        <FormRadioGroup
          name="purpose"
          label="What for"
          options={PURPOSES}
          defaultValue={purpose}
          onChange={setPurpose}
        />
        {purpose === 'template' ? null : (
          <FormSelect
            name="templateId"
            label="Template"
            options={templates.map(({ id, name }) => ({ value: id, label: name }))}
            placeholder={templates.length > 0 ? 'Choose a template' : 'Make a template first'}
            required
          />
        )}
        <FormField name="organizationName" label="Name" autoComplete="off" required />
        <div className="grid gap-4 sm:grid-cols-2">
          <FormField name="ownerName" label="Owner’s name" autoComplete="off" required />
          <FormField name="ownerEmail" label="Owner’s e-mail" type="email" autoComplete="off" required />
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <SubmitButton>Make it</SubmitButton>
        </div>
      </ActionForm>
    </DialogContent>
  );
}
