'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { updateOrganizationAction } from '../actions';
import type { OrganizationProfile } from '../queries';

type Option = { value: string; label: string };

export function OrganizationForm({
  profile,
  countries,
  timeZones,
}: {
  profile: OrganizationProfile;
  countries: readonly Option[];
  timeZones: readonly Option[];
}) {
  return (
    <ActionForm
      action={updateOrganizationAction}
      label="Organization"
      draft={{ form: 'organization', version: profile.version }}
    >
      <FormField
        name="organizationName"
        label="Organization name"
        defaultValue={profile.organizationName}
        autoComplete="organization"
        required
      />
      <FormField
        name="phone"
        label="Phone"
        type="tel"
        defaultValue={profile.phone}
        autoComplete="tel"
        required
      />
      <FormSelect
        name="country"
        label="Country or region"
        defaultValue={profile.country}
        options={countries}
        required
      />
      <FormSelect
        name="timeZone"
        label="Time zone"
        defaultValue={profile.timeZone}
        options={timeZones}
        help="Days and times are shown in this zone to everybody, wherever they are. What is booked keeps its day and its hour."
        required
      />
      <FormActions className="justify-end">
        <SubmitButton>Save changes</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
