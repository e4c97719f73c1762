'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Button } from '@/components/ui/button';
import { deleteScheduleAction } from '../actions';
import { StrandedField } from './stranded-field';

/** Asks before hours are deleted, with whom that would leave. */
export function DeleteWeek({ id, label }: { id: string; label: string }) {
  return (
    <ConfirmAction
      trigger={
        <Button size="sm" aria-label={`Delete the hours ${label}`}>
          Delete
        </Button>
      }
      title="Delete these hours?"
      description="What held before them holds again; without any, every weekday from 09:00 to 17:00 may be booked."
      confirm="Delete"
      action={deleteScheduleAction}
      fields={{ scheduleId: id }}
    >
      <StrandedField />
    </ConfirmAction>
  );
}
