'use client';
import { useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog, laterContent } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { MenuButton } from '@/components/ui/menu-button';
import { partOf } from '@/components/ui/part';
import { toast } from '@/components/ui/toast';
import { setPatientActiveAction, undoDeathAction } from '../actions';

const labels = partOf(() => import('./label-dialog'));
const DeathForm = laterContent(() => import('./death-form').then((file) => file.DeathForm));

/** What is done rarely to a patient's record. */
export function PatientActions({
  patient,
  today,
  mergeHref,
}: {
  patient: { id: string; name: string; isActive: boolean; deceasedOn: string | null };
  today: string;
  /** Where somebody who was registered twice becomes one; null for who may not. */
  mergeHref: string | null;
}) {
  const [isAsking, setAsking] = useState(false);
  const [isDeath, setDeath] = useState(false);
  const [isPrinting, setPrinting] = useState(false);
  const printing = labels.usePart(isPrinting, () => setPrinting(false));
  const set = (isActive: boolean) =>
    runAction(setPatientActiveAction, { patientId: patient.id, isActive: isActive ? 'yes' : 'no' });
  const reactivate = async () => {
    const refusal = patient.deceasedOn
      ? await runAction(undoDeathAction, { patientId: patient.id })
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
          ...(mergeHref
            ? [{ type: 'link' as const, label: 'Registered twice: merge', href: mergeHref }]
            : []),
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
        <Icon of="ellipsis" />
      </MenuButton>
      {isPrinting && printing ? <printing.LabelDialog patient={patient} onOpenChange={setPrinting} /> : null}
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
        <DeathForm {...{ patient, today }} onClose={() => setDeath(false)} />
      </Dialog>
    </>
  );
}
