'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormCheckbox, FormField, FormSelect, useField } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { CopyButton } from '@/components/ui/copy-button';
import { ROLE_LABEL } from '@/features/identity/staff/policy';
import {
  addDomainAction,
  removeConnectionAction,
  removeDomainAction,
  saveConnectionAction,
  saveSignInRulesAction,
  testConnectionAction,
  verifyDomainAction,
} from '../actions';
import { JUST_IN_TIME_ROLES } from '../policy';
import type { SingleSignOn } from '../queries';

type Connection = SingleSignOn['connection'];

/** A value to be copied into somebody else's page. */
function Given({ label, value }: { label: string; value: string }) {
  return (
    <div className="grid gap-1">
      <p className="text-[13px] text-text-muted">{label}</p>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <code className="min-w-0 break-all text-[13px]">{value}</code>
        <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </div>
  );
}

export function ConnectionForm({
  connection,
  callbackAddress,
  version,
}: {
  connection: Connection;
  callbackAddress: string;
  version: string;
}) {
  return (
    <div className="grid gap-5">
      <Given label="Redirect address" value={callbackAddress} />
      <ActionForm action={saveConnectionAction} label="Connection" version={version}>
        <FormField
          name="issuer"
          label="Issuer"
          type="url"
          inputMode="url"
          defaultValue={connection?.issuer ?? ''}
          help="Such as https://login.hospital.com. Your provider names it issuer, or authority."
          required
        />
        <FormField
          name="clientId"
          label="Client id"
          defaultValue={connection?.clientId ?? ''}
          autoComplete="off"
          required
        />
        <FormField
          name="clientSecret"
          label="Client secret"
          type="password"
          autoComplete="off"
          help={
            connection
              ? 'Stored, and never shown again. Leave empty to keep it.'
              : 'Stored encrypted, and never shown again.'
          }
          required={!connection}
        />
        <CurrentPassword help={PASSWORD_OR_CODE} />
        <FormActions className="justify-end">
          <SubmitButton>Save connection</SubmitButton>
        </FormActions>
      </ActionForm>
      {connection ? (
        <div className="flex flex-wrap items-center justify-between gap-3 border-border border-t pt-4">
          <Badge tone={connection.testedAt ? 'success' : 'warning'}>
            {connection.testedAt ? 'Tested' : 'Not tested yet'}
          </Badge>
          <div className="flex flex-wrap gap-2">
            <ConfirmAction
              trigger={<Button size="sm">Remove</Button>}
              title="Remove single sign-on"
              description="People sign in with their passwords again; who has none uses Forgot your password. Sessions that were opened with it end."
              confirm="Remove"
              action={removeConnectionAction}
              fields={{}}
            >
              <CurrentPassword help={PASSWORD_OR_CODE} />
            </ConfirmAction>
            <ActionButton action={testConnectionAction} size="sm">
              Test connection
            </ActionButton>
          </div>
        </div>
      ) : null}
    </div>
  );
}

export function Domains({ domains }: { domains: SingleSignOn['domains'] }) {
  return (
    <div className="grid gap-5">
      {domains.length > 0 ? (
        <ul className="divide-y divide-border">
          {domains.map(({ domain, isVerified, recordName, recordValue }) => (
            <li key={domain} className="grid gap-3 py-4 first:pt-0">
              <div className="flex flex-wrap items-center justify-between gap-3">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {domain}
                  <Badge tone={isVerified ? 'success' : 'warning'}>
                    {isVerified ? 'Verified' : 'Not verified'}
                  </Badge>
                </p>
                <div className="flex gap-2">
                  <ConfirmAction
                    trigger={
                      <Button size="sm" aria-label={`Remove ${domain}`}>
                        Remove
                      </Button>
                    }
                    title={`Remove ${domain}`}
                    description="Addresses of this domain are no longer led to your provider."
                    confirm="Remove"
                    action={removeDomainAction}
                    fields={{ domain }}
                  >
                    <CurrentPassword help={PASSWORD_OR_CODE} />
                  </ConfirmAction>
                  {isVerified ? null : (
                    <ConfirmAction
                      trigger={
                        <Button size="sm" aria-label={`Verify ${domain}`}>
                          Verify
                        </Button>
                      }
                      title={`Verify ${domain}`}
                      description="We look for the record. From then on its addresses are led to your provider."
                      confirm="Verify"
                      tone="primary"
                      action={verifyDomainAction}
                      fields={{ domain }}
                    >
                      <CurrentPassword help={PASSWORD_OR_CODE} />
                    </ConfirmAction>
                  )}
                </div>
              </div>
              {isVerified ? null : (
                <>
                  <p className="text-[13px] text-text-muted">
                    Add this TXT record where the domain is managed, then press Verify.
                  </p>
                  <Given label="Name" value={recordName} />
                  <Given label="Value" value={recordValue} />
                </>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      <ActionForm action={addDomainAction} resetOnSuccess warnOnLeave={false} label="Add a domain">
        <FormField
          name="domain"
          label="Domain"
          inputMode="url"
          autoCapitalize="none"
          help="The part of your addresses after the @."
          required
        />
        <FormActions className="justify-end">
          <SubmitButton>Add domain</SubmitButton>
        </FormActions>
      </ActionForm>
    </div>
  );
}

export function SignInRules({
  connection,
  owners,
}: {
  connection: NonNullable<Connection>;
  owners: SingleSignOn['owners'];
}) {
  return (
    <ActionForm action={saveSignInRulesAction} label="Rules" version={connection.rulesVersion}>
      <FormCheckbox
        name="isJustInTime"
        label="Make an account for everybody your provider lets in"
        help="Within the staff accounts of your plan. Otherwise people are invited first."
        defaultChecked={connection.isJustInTime}
      />
      <FormSelect
        name="defaultRole"
        label="Role of a new account"
        defaultValue={connection.defaultRole}
        options={JUST_IN_TIME_ROLES.map((role) => ({ value: role, label: ROLE_LABEL[role] }))}
      />
      <FormCheckbox
        name="countsAsSecondFactor"
        label="Our provider always asks for a second factor"
        help="Where its answer says so by itself, we see it without this."
        defaultChecked={connection.countsAsSecondFactor}
      />
      <FormCheckbox
        name="isEnforced"
        label="Refuse passwords and passkeys"
        help="Everybody signs in with your provider, but for the owners named below. Other sessions end."
        defaultChecked={connection.isEnforced}
      />
      <BreakGlass owners={owners} />
      <CurrentPassword help={PASSWORD_OR_CODE} />
      <FormActions className="justify-end">
        <SubmitButton>Save rules</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function BreakGlass({ owners }: { owners: SingleSignOn['owners'] }) {
  const legend = 'Owners for the day on which your provider is down';
  const { keptList } = useField('breakGlass', legend);
  return (
    <fieldset className="grid gap-2.5">
      <legend className="mb-2 font-medium text-sm">{legend}</legend>
      {owners.map(({ userId, name, hasSecondFactor, isBreakGlass }) => (
        <Checkbox
          key={userId}
          name="breakGlass[]"
          value={userId}
          label={name}
          defaultChecked={keptList ? keptList.includes(userId) : isBreakGlass}
          disabled={!hasSecondFactor}
          {...(hasSecondFactor ? {} : { help: 'Needs a second factor first.' })}
        />
      ))}
    </fieldset>
  );
}

export function OwnersOnly() {
  return <Alert tone="info">Only owners can change how people sign in with your provider.</Alert>;
}
