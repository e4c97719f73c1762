'use client';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { runAction } from '@/components/forms/run-action';
import { May } from '@/components/layout/may';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';
import { enterWorkspaceAction, requestAccessAction, withdrawRequestAction } from '../actions';
import { SCOPE_LABEL } from '../policy';
import type { AccessForSupport } from '../queries';
import { GrantBadge } from './grant-badge';
import { ReasonField, ScopeFields } from './grant-fields';

/** On the organization's page of the platform: ask, see what the owner said, go in. */
export function AccessCard({ organizationId, access }: { organizationId: string; access: AccessForSupport }) {
  const isWaiting = access.grants.some(({ state, isMine }) => state === 'requested' && isMine);
  const ask = (
    <May to="support-access:use">
      <ConfirmAction
        trigger={
          <Button size="sm">
            <Icon of="key-round" />
            Ask for access
          </Button>
        }
        title="Ask for access"
        description="The owner reads this, chooses until when, and sees everything that is opened."
        confirm="Ask the owner"
        tone="primary"
        action={requestAccessAction}
        fields={{ organizationId }}
      >
        <ReasonField help="What you need to see, and why. No patient's name, please." />
        <ScopeFields durationLabel="Asked for" />
      </ConfirmAction>
    </May>
  );
  return (
    <Section
      title="Support access"
      description="Nobody looks inside without the owner's consent."
      actions={
        <>
          {access.hasWorkspace && !isWaiting && !access.canEnter ? ask : null}
          {access.canEnter ? (
            <May to="support-access:use">
              <EnterButton organizationId={organizationId} />
            </May>
          ) : null}
        </>
      }
    >
      {access.grants.length === 0 ? (
        <EmptyState title="Never asked for" className="py-4">
          {access.hasWorkspace
            ? 'Ask when a question cannot be answered from out here.'
            : 'There is no workspace yet.'}
        </EmptyState>
      ) : (
        <ul className="grid gap-4">
          {access.grants.slice(0, 5).map((grant) => (
            <li key={grant.id} className="grid gap-1 text-sm">
              <div className="flex flex-wrap items-center gap-2">
                <GrantBadge state={grant.state} />
                <span className="text-text-muted">
                  {SCOPE_LABEL[grant.scope]}
                  {grant.until ? `, until ${grant.until} UTC` : ''}
                </span>
              </div>
              <p className="break-words text-text">{grant.reason}</p>
              <p className="text-[0.8125rem] text-text-subtle">
                {grant.requestedBy ? `Asked by ${grant.requestedBy}` : `Given by ${grant.decidedBy}`},{' '}
                {grant.askedAt} UTC
              </p>
              {grant.state === 'requested' && grant.isMine ? (
                <ActionButton
                  size="sm"
                  variant="ghost"
                  className="justify-self-start"
                  action={withdrawRequestAction}
                  fields={{ organizationId, grantId: grant.id }}
                >
                  Withdraw
                </ActionButton>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function EnterButton({ organizationId }: { organizationId: string }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const enter = () =>
    start(async () => {
      const refusal = await runAction(enterWorkspaceAction, { organizationId });
      if (refusal) {
        toast.error(refusal);
        router.refresh();
      } else window.location.assign(paths.today);
    });
  return (
    <Button size="sm" variant="primary" pending={pending} onClick={enter}>
      <Icon of="door-open" />
      Enter workspace
    </Button>
  );
}
