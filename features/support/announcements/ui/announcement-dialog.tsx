'use client';
import { useEffect, useRef, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { PLANS } from '@/features/subscription/billing/plans';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { saveAnnouncementAction } from '../actions';
import { ANNOUNCEMENT_KINDS } from '../policy';
import type { Announcement } from '../queries';
import { OrganizationsField } from './organization-fields';

const KINDS = optionsOf(ANNOUNCEMENT_KINDS);
const PLAN_OPTIONS = PLAN_IDS.map((value) => ({ value, label: PLANS[value].name }));
/** What a `datetime-local` field takes. */
const inField = (iso: string): string => iso.slice(0, 16);

/** Makes an announcement, or changes one; the words are shown as people will see them. */
export function AnnouncementDialog({ announcement, now }: { announcement?: Announcement; now: string }) {
  const [open, setOpen] = useState(false);
  const inADay = new Date(Date.parse(now) + 24 * 60 * 60_000).toISOString();
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        {announcement ? (
          <Button size="sm">Change</Button>
        ) : (
          <Button variant="primary">New announcement</Button>
        )}
      </DialogTrigger>
      <DialogContent
        title={announcement ? 'Change announcement' : 'New announcement'}
        description="Shown above every page of the hospitals that it is for."
      >
        <ActionForm
          action={saveAnnouncementAction}
          onSuccess={() => setOpen(false)}
          label="Announcement"
          draft={{
            form: 'announcement',
            ...(announcement ? { of: announcement.id, version: announcement.version } : {}),
          }}
        >
          <input type="hidden" name="announcementId" value={announcement?.id ?? ''} />
          <FormSelect
            name="kind"
            label="Kind"
            options={KINDS}
            defaultValue={announcement?.kind ?? 'notice'}
            help="Maintenance cannot be put away by those who read it."
            required
          />
          <FormField
            name="title"
            label="Title"
            maxLength={100}
            defaultValue={announcement?.title ?? ''}
            required
          />
          <FormTextarea
            name="text"
            label="Text"
            rows={3}
            maxLength={500}
            defaultValue={announcement?.text ?? ''}
            required
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <FormField
              name="startsAt"
              label="From (UTC)"
              type="datetime-local"
              defaultValue={inField(announcement?.startsAt ?? now)}
              required
            />
            <FormField
              name="endsAt"
              label="Until (UTC)"
              type="datetime-local"
              defaultValue={inField(announcement?.endsAt ?? inADay)}
              required
            />
          </div>
          <FormSelect
            name="plan"
            label="Plan"
            placeholder="Every plan"
            options={PLAN_OPTIONS}
            defaultValue={announcement?.plans[0] ?? ''}
          />
          <OrganizationsField
            name="organizations"
            label="Only these organizations"
            help="Instead of a plan. Nobody for all."
            organizations={announcement?.organizations}
          />
          <Preview />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <SubmitButton>Save announcement</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** Reads the fields around it: they belong to the form, which may bring back what was typed before. */
function Preview() {
  const place = useRef<HTMLDivElement>(null);
  const [{ title, text }, setWords] = useState({ title: '', text: '' });
  useEffect(() => {
    const form = place.current?.closest('form');
    if (!form) return;
    const read = () => {
      const fields = new FormData(form);
      setWords({ title: String(fields.get('title') ?? ''), text: String(fields.get('text') ?? '') });
    };
    read();
    form.addEventListener('input', read);
    return () => form.removeEventListener('input', read);
  }, []);
  return (
    <div ref={place} className="grid gap-1.5">
      {title && text ? (
        <>
          <p className="text-[0.8125rem] text-text-muted">As people see it</p>
          <Alert tone="info" title={title}>
            {text}
          </Alert>
        </>
      ) : null}
    </div>
  );
}
