'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { May } from '@/components/layout/may';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import type { PlanId } from '@/lib/master/vocabulary';
import { setAgreedTargetAction } from '../actions';
import { type Target, targetOf } from '../policy';

const COUNTED = [
  { value: 'always', label: 'All hours, day and night' },
  { value: 'working', label: 'Working hours' },
];

/** How soon this organization is answered: its plan's promise, or what was agreed. */
export function TargetCard({
  organizationId,
  plan,
  agreed,
  version,
}: {
  organizationId: string;
  plan: PlanId;
  agreed: Pick<Target, 'minutes' | 'counted'> | null;
  version: string;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Section
      title="Support"
      actions={
        <May to="targets:write">
          <Dialog open={open} onOpenChange={setOpen}>
            <DialogTrigger asChild>
              <Button size="sm">Agree otherwise</Button>
            </DialogTrigger>
            <DialogContent
              title="How soon we answer"
              description="For tickets that are opened from now on; those that are open keep their promise."
            >
              <ActionForm
                action={setAgreedTargetAction}
                warnOnLeave={false}
                onSuccess={() => setOpen(false)}
                version={version}
              >
                <input type="hidden" name="organizationId" value={organizationId} />
                <FormField
                  name="hours"
                  label="Hours"
                  inputMode="decimal"
                  defaultValue={agreed ? String(agreed.minutes / 60) : ''}
                  help={`Empty for the plan's: ${targetOf(plan).words}.`}
                />
                <FormSelect
                  name="counted"
                  label="Which hours count"
                  options={COUNTED}
                  defaultValue={agreed?.counted ?? 'always'}
                  required
                />
                <div className="flex flex-wrap justify-end gap-2">
                  <Button onClick={() => setOpen(false)}>Not now</Button>
                  <SubmitButton>Save</SubmitButton>
                </div>
              </ActionForm>
            </DialogContent>
          </Dialog>
        </May>
      }
    >
      <p>
        We answer {targetOf(plan, agreed).words}
        {agreed ? ', as agreed' : ', as the plan says'}.
      </p>
    </Section>
  );
}
