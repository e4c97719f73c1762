'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSwitch } from '@/components/forms/form-field';
import { updatePharmacySettingsAction } from '../actions';
import type { PharmacySettings } from '../dto';
import { BranchLicences } from './branch-licences';

const schema = async () => (await import('../schema')).pharmacySettingsInput;

/** What the pharmacy is licensed for, and how it takes things back. */
export function PharmacySettingsForm({
  settings,
  branches,
  canWrite,
}: {
  settings: PharmacySettings;
  /** Those that may print others: without the first, which prints what stands here. */
  branches: readonly { id: string; name: string }[];
  canWrite: boolean;
}) {
  return (
    <ActionForm
      action={updatePharmacySettingsAction}
      schema={schema}
      label="Pharmacy"
      draft={{ form: 'pharmacy-settings', of: 'settings', version: settings.version }}
    >
      <FormField
        name="licences"
        label="Drug licence numbers"
        help="As they are printed, with the kind of each"
        defaultValue={settings.licences}
        autoComplete="off"
        maxLength={200}
      />
      <FormField
        name="pharmacist"
        label="Registered pharmacist"
        help="Name and registration number"
        defaultValue={settings.pharmacist}
        autoComplete="off"
        maxLength={120}
      />
      {branches.length > 0 ? <BranchLicences branches={branches} saved={settings.ofBranches} /> : null}
      <FormField
        name="returnDays"
        label="Taken back within days"
        help="Counted from the day it was given; empty for no limit"
        defaultValue={settings.returnDays ?? ''}
        inputMode="numeric"
        autoComplete="off"
      />
      <FormSwitch
        name="isOpenedTaken"
        label="Take opened packs back, into quarantine"
        defaultChecked={settings.isOpenedTaken}
      />
      <FormSwitch
        name="isScanAsked"
        label="Ask for a scan of the paper where the law has it kept"
        defaultChecked={settings.isScanAsked}
      />
      {canWrite ? (
        <FormActions>
          <SubmitButton pendingLabel="Saving">Save changes</SubmitButton>
        </FormActions>
      ) : null}
    </ActionForm>
  );
}
