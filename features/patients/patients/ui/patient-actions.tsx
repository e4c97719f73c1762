'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { runAction } from '@/components/forms/run-action';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, DialogContent } from '@/components/ui/dialog';
import { Ellipsis } from '@/components/ui/icons';
import { MenuButton } from '@/components/ui/menu-button';
import { toast } from '@/components/ui/toast';
import { recordDeathAction, setPatientActiveAction } from '../actions';
import { LabelDialog } from './label-dialog';

/** What is done rarely to a patient's record. */
export function PatientActions({
  patient,
  today,
}: {
  patient: { id: string; name: string; isActive: boolean; deceasedOn: string | null };
  today: string;
}) {
  const [isAsking, setAsking] = useState(false);
  const [isDeath, setDeath] = useState(false);
  const [isPrinting, setPrinting] = useState(false);
  const set = (isActive: boolean) =>
    runAction(setPatientActiveAction, { patientId: patient.id, isActive: isActive ? 'yes' : 'no' });
  const reactivate = async () => {
    const refusal = patient.deceasedOn
      ? await runAction(recordDeathAction, { patientId: patient.id, deceasedOn: '' })
      : await set(true);
    if (refusal) toast.error(refusal);
  };
  return (
    <>
      <MenuButton
        label="More"
        size="icon"
        items={[
          { label: 'Print labels', onSelect: () => setPrinting(true) },
          patient.isActive
            ? { label: 'Mark as inactive', tone: 'danger', onSelect: () => setAsking(true) }
            : {
                label: patient.deceasedOn ? 'Not deceased: a mistake' : 'Mark as active',
                onSelect: () => void reactivate(),
              },
          ...(patient.deceasedOn
            ? []
            : [{ label: 'Mark as deceased', tone: 'danger' as const, onSelect: () => setDeath(true) }]),
        ]}
      >
        <Ellipsis aria-hidden="true" />
      </MenuButton>
      {isPrinting ? <LabelDialog patient={patient} onOpenChange={setPrinting} /> : null}
      {isAsking ? (
        <ConfirmDialog
          open
          title={`Mark ${patient.name} as inactive?`}
          confirmLabel="Mark as inactive"
          onConfirm={() => set(false)}
          onOpenChange={setAsking}
        >
          The record and its history stay. The patient is no longer offered when booking or checking in.
        </ConfirmDialog>
      ) : null}
      <Dialog open={isDeath} onOpenChange={setDeath}>
        <DialogContent
          title={`Mark ${patient.name} as deceased?`}
          description="The record stays and becomes inactive. Nobody is reminded any more."
        >
          <ActionForm action={recordDeathAction} warnOnLeave={false} onSuccess={() => setDeath(false)}>
            <input type="hidden" name="patientId" value={patient.id} />
            <FormField
              name="deceasedOn"
              label="Date of death"
              type="date"
              defaultValue={today}
              max={today}
              required
            />
            <div className="flex justify-end gap-2">
              <Button onClick={() => setDeath(false)}>Keep as it is</Button>
              <SubmitButton variant="danger">Mark as deceased</SubmitButton>
            </div>
          </ActionForm>
        </DialogContent>
      </Dialog>
    </>
  );
}
