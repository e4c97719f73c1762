'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormCheckbox, FormSelect } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import {
  resetSecondFactorAction,
  updateOrganizationSecurityAction,
} from '@/features/identity/second-factor/actions';
import { roleName } from '@/features/identity/staff/policy';
import { IDLE_CHOICES } from '@/lib/auth/limits';
import type { StaffRole } from '@/lib/master/vocabulary';

export function OrganizationSecurityForm({
  requireSecondFactor,
  idleMinutes,
  version,
}: {
  requireSecondFactor: boolean;
  idleMinutes: number;
  version: string;
}) {
  return (
    <ActionForm action={updateOrganizationSecurityAction} version={version} label="Sign-in">
      <FormCheckbox
        name="requireSecondFactor"
        label="Require a second factor for everyone"
        help="An authenticator app or a passkey, besides the password."
        defaultChecked={requireSecondFactor}
      />
      <FormSelect
        name="graceDays"
        label="It counts"
        defaultValue="7"
        options={[
          { value: '0', label: 'At once' },
          { value: '3', label: 'In 3 days' },
          { value: '7', label: 'In 7 days' },
          { value: '14', label: 'In 14 days' },
        ]}
        help="Until then people are reminded. Afterwards they set it up before anything else opens."
      />
      <FormSelect
        name="idleMinutes"
        label="Sign out after nothing was done for"
        defaultValue={String(idleMinutes)}
        options={IDLE_CHOICES.map((minutes) => ({ value: String(minutes), label: `${minutes} minutes` }))}
        help="People are asked a minute before. The waiting room board stays on."
      />
      <FormActions className="justify-end">
        <SubmitButton>Save changes</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

export type CompliancePerson = {
  userId: string;
  name: string;
  email: string;
  role: StaffRole;
  customRole: { name: string } | null;
  hasSecondFactor: boolean;
  canReset: boolean;
};

/** Who has a second factor and who has not. */
export function ComplianceList({ people }: { people: readonly CompliancePerson[] }) {
  return (
    <ul className="divide-y divide-border">
      {people.map((person) => (
        <li
          key={person.userId}
          className="flex flex-wrap items-center justify-between gap-3 py-3 first:pt-0 last:pb-0"
        >
          <div className="min-w-0">
            <p className="font-medium">{person.name}</p>
            <p className="break-all text-[13px] text-text-muted">
              {roleName(person)} · {person.email}
            </p>
          </div>
          <div className="flex items-center gap-3">
            <Badge tone={person.hasSecondFactor ? 'success' : 'warning'}>
              {person.hasSecondFactor ? 'Second factor on' : 'Password only'}
            </Badge>
            {person.hasSecondFactor && person.canReset ? (
              <ConfirmAction
                trigger={
                  <Button size="sm" aria-label={`Reset the second factor of ${person.name}`}>
                    Reset
                  </Button>
                }
                title={`Reset the second factor of ${person.name}`}
                description="For a lost phone. Make sure that it is really this person who asks. All their sessions end, and they are told by mail."
                confirm="Reset"
                action={resetSecondFactorAction}
                fields={{ userId: person.userId }}
              >
                <CurrentPassword help={PASSWORD_OR_CODE} />
              </ConfirmAction>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
