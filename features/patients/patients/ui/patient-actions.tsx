'use client';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { MenuButton } from '@/components/ui/menu-button';
import { toast } from '@/components/ui/toast';
import { setPatientActiveAction } from '../actions';

/** What is done rarely to a patient's record. */
export function PatientActions({ patient }: { patient: { id: string; name: string; isActive: boolean } }) {
  const [isAsking, setAsking] = useState(false);
  const set = (isActive: boolean) =>
    runAction(setPatientActiveAction, { patientId: patient.id, isActive: isActive ? 'yes' : 'no' });
  const reactivate = async () => {
    const refusal = await set(true);
    if (refusal) toast.error(refusal);
  };
  return (
    <>
      <MenuButton
        label="More"
        size="icon"
        items={[
          patient.isActive
            ? { label: 'Mark as inactive', tone: 'danger', onSelect: () => setAsking(true) }
            : { label: 'Mark as active', onSelect: () => void reactivate() },
        ]}
      >
        <Ellipsis aria-hidden="true" />
      </MenuButton>
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
    </>
  );
}
