'use client';
import { useState } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormSelect } from '@/components/forms/form-field';
import { DialogContent } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { scheduleReportMailAction, stopReportMailAction } from '../actions';
import { inWords, WEEKDAYS } from '../policy';
import type { ReportMail } from '../service';

const EVERY = [
  { value: 'week', label: 'Every week, the seven days before' },
  { value: 'day', label: 'Every day, the day before' },
];
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** The body of `MailDialog`. */
export function MailForm({ mail, onClose }: { mail: ReportMail | null; onClose: () => void }) {
  const [every, setEvery] = useState(mail?.every ?? 'week');
  return (
    <DialogContent
      title="The report by mail"
      description={
        mail
          ? `You get it ${inWords(mail)}.`
          : 'Its first figures, with the whole report as a PDF. No patient is named in it.'
      }
    >
      <ActionForm action={scheduleReportMailAction} warnOnLeave={false} onSuccess={onClose}>
        <FormSelect
          name="every"
          label="How often"
          options={EVERY}
          value={every}
          onChange={(event) => setEvery(event.target.value === 'day' ? 'day' : 'week')}
          required
        />
        <div className="grid gap-4 sm:grid-cols-2">
          {every === 'week' ? (
            <FormSelect
              name="weekday"
              label="On"
              options={optionsOf(WEEKDAYS)}
              defaultValue={String(mail?.weekday ?? 1)}
              required
            />
          ) : null}
          <FormSelect
            name="hour"
            label="At"
            options={HOURS}
            defaultValue={String(mail?.hour ?? 7)}
            help="By the clock of your organization."
            required
          />
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          {mail ? <ActionButton action={stopReportMailAction}>Stop the mail</ActionButton> : null}
          <SubmitButton>{mail ? 'Save' : 'Send it to me'}</SubmitButton>
        </div>
      </ActionForm>
    </DialogContent>
  );
}
