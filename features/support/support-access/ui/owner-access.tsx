'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { allowAccessAction, giveAccessAction, refuseAccessAction, revokeAccessAction } from '../actions';
import { SCOPE_LABEL } from '../policy';
import type { SupportAccess } from '../queries';
import { GrantBadge } from './grant-badge';
import { ReasonField, ScopeFields } from './grant-fields';

/** What waits for an answer, and what is open now. */
export function OpenAccess({ grants, canManage }: { grants: readonly SupportAccess[]; canManage: boolean }) {
  const open = grants.filter(({ state }) => state === 'requested' || state === 'granted');
  return (
    <Section title="Open now" description="Requests that wait for the owner, and access that is given.">
      {open.length === 0 ? (
        <EmptyState
          icon={<Icon of="shield-check" />}
          title="Nobody of Chakravue can look inside"
          className="py-6"
        >
          A request of our support appears here, and is mailed to the owner.
        </EmptyState>
      ) : (
        <ul className="grid gap-5">
          {open.map((grant) => (
            <li key={grant.id} className="flex flex-wrap items-start justify-between gap-3">
              <GrantSummary grant={grant} />
              {canManage ? (
                grant.state === 'requested' ? (
                  <Answer grant={grant} />
                ) : (
                  <Revoke grant={grant} />
                )
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function GrantSummary({ grant }: { grant: SupportAccess }) {
  return (
    <div className="grid min-w-0 flex-1 basis-64 gap-1 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-medium text-text">{grant.requestedBy ?? 'Chakravue support'}</span>
        <GrantBadge state={grant.state} />
      </div>
      <p className="break-words text-text-muted">{grant.reason}</p>
      <p className="text-[0.8125rem] text-text-subtle">
        {SCOPE_LABEL[grant.scope]}
        {grant.until ? `, until ${grant.until}` : ''}
        {grant.decidedBy ? `, answered by ${grant.decidedBy}` : `, asked on ${grant.askedAt}`}
      </p>
    </div>
  );
}

function Answer({ grant }: { grant: SupportAccess }) {
  const who = grant.requestedBy ?? 'support';
  return (
    <div className="flex flex-wrap gap-2">
      <ConfirmAction
        trigger={<Button variant="primary">Allow</Button>}
        title={`Allow ${who} to enter`}
        description="You can end it at any moment. Everything that is opened is listed below."
        confirm="Allow access"
        tone="primary"
        action={allowAccessAction}
        fields={{ grantId: grant.id }}
      >
        <ScopeFields scope={grant.scope} minutes={grant.durationMinutes} />
        <CurrentPassword help={PASSWORD_OR_CODE} />
      </ConfirmAction>
      <ConfirmAction
        trigger={<Button>Refuse</Button>}
        title={`Refuse ${who}`}
        description="Nothing is opened. Our support sees that you refused."
        confirm="Refuse the request"
        action={refuseAccessAction}
        fields={{ grantId: grant.id }}
      />
    </div>
  );
}

function Revoke({ grant }: { grant: SupportAccess }) {
  return (
    <ConfirmAction
      trigger={<Button variant="danger">Revoke</Button>}
      title="Revoke the access"
      description="It ends at once: the next thing that support clicks is refused."
      confirm="Revoke access"
      action={revokeAccessAction}
      fields={{ grantId: grant.id }}
    />
  );
}

export function GiveAccess() {
  return (
    <Section
      title="Give access without a request"
      description="For example while you are on the telephone with our support."
    >
      <ActionForm action={giveAccessAction} resetOnSuccess className="max-w-xl">
        <ReasonField help="What it is about. Our support reads it." />
        <ScopeFields />
        <CurrentPassword help={PASSWORD_OR_CODE} />
        <FormActions>
          <SubmitButton>Give access</SubmitButton>
        </FormActions>
      </ActionForm>
    </Section>
  );
}
