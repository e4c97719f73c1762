'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormSelect, FormTextarea } from '@/components/forms/form-field';
import { May } from '@/components/layout/may';
import { Alert } from '@/components/ui/alert';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { resetDemoAction } from '@/features/fleet/demos/actions';
import {
  backUpAction,
  confirmTransferAction,
  endSuspensionAction,
  giveUpOperationAction,
  moveOrganizationAction,
  restoreBackupAction,
  rotateCredentialAction,
  suspendOrganizationAction,
  undoTransferAction,
} from '@/features/fleet/operations/actions';
import { PROVIDER_LABEL } from '@/features/fleet/operations/policy';
import type { BackupEntry, Life, OperationEntry } from '@/features/fleet/operations/queries';
import { formatBytes } from '@/lib/money';
import { counted, inUtc } from '@/lib/words';

type Props = { organizationId: string; life: Life };

/**
 * Backups, moves and the end of an organization: what was done, what is under way, and what can be asked for.
 */
export function LifeSection({ organizationId, life }: Props) {
  const canStart = life.hasDatabase && !life.isHeld;
  return (
    <Section
      title="Backups and moves"
      description="Sealed with the organization's own key. A switch can be undone for some days."
      actions={
        <>
          {life.hasDatabase ? (
            <May to="databases:write">
              <ActionButton size="sm" action={backUpAction} fields={{ organizationId }}>
                <Icon of="archive" />
                Back up now
              </ActionButton>
            </May>
          ) : null}
          {canStart ? (
            <May to="databases:write">
              <Move organizationId={organizationId} life={life} />
            </May>
          ) : null}
          {canStart && life.isCopy ? (
            <May to="demos:write">
              <ConfirmAction
                trigger={<Button size="sm">Reset</Button>}
                title="Fill it from its template again"
                description="Everything that was tried in it goes, and its days begin anew today. What is in it now can be brought back for some days."
                confirm="Reset it"
                action={resetDemoAction}
                fields={{ organizationId }}
              />
            </May>
          ) : null}
          {canStart ? (
            <May to="databases:write">
              <ConfirmAction
                trigger={<Button size="sm">New credential</Button>}
                title="Replace the database credential"
                description="Work goes on; the old credential is refused a minute later."
                confirm="Replace it"
                tone="primary"
                action={rotateCredentialAction}
                fields={{ organizationId }}
              />
            </May>
          ) : null}
          <May to="organizations:suspend">
            <Suspension organizationId={organizationId} life={life} />
          </May>
        </>
      }
    >
      <div className="grid gap-6">
        {life.suspendedFor ? (
          <Alert tone="danger" title="Suspended by the company">
            {life.suspendedFor}
          </Alert>
        ) : null}
        {life.operations.length === 0 ? (
          <EmptyState title="Nothing has been done yet" className="py-4">
            The first backup is taken tonight.
          </EmptyState>
        ) : (
          <ul aria-label="Operations" className="grid gap-3">
            {life.operations.map((one) => (
              <Operation key={one.id} organizationId={organizationId} operation={one} />
            ))}
          </ul>
        )}
        {life.backups.length > 0 ? (
          <ul aria-label="Backups" className="grid gap-3 border-border border-t pt-4">
            {life.backups.map((one) => (
              <Backup key={one.id} organizationId={organizationId} backup={one} canRestore={canStart} />
            ))}
          </ul>
        ) : null}
      </div>
    </Section>
  );
}

const OUTCOME: Record<OperationEntry['outcome'], { label: string; tone: BadgeTone }> = {
  running: { label: 'Under way', tone: 'info' },
  done: { label: 'Done', tone: 'success' },
  failed: { label: 'Given up', tone: 'danger' },
  undone: { label: 'Taken back', tone: 'neutral' },
};

function Operation({ organizationId, operation }: { organizationId: string; operation: OperationEntry }) {
  const fields = { organizationId, operationId: operation.id };
  const { label, tone } = OUTCOME[operation.outcome];
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 text-sm">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium text-text">
          {operation.label} <Badge tone={tone}>{label}</Badge>
        </p>
        <p className="text-[0.8125rem] text-text-muted">
          {inUtc(operation.createdAt)}, {operation.requestedBy}. {operation.stepLabel}, step{' '}
          {operation.stepsDone} of {operation.steps}
          {operation.progress ? ` (${operation.progress})` : ''}
          {operation.wakeAt ? `. Goes on at ${inUtc(operation.wakeAt)}` : ''}
          {operation.keptUntil ? `. The old database is kept until ${inUtc(operation.keptUntil)}` : ''}
        </p>
        {operation.lastError ? (
          <p className="break-words text-[0.8125rem] text-danger-soft-text">{operation.lastError}</p>
        ) : null}
      </div>
      <May to="databases:write">
        <div className="flex flex-wrap gap-2">
          {operation.canUndo ? (
            <>
              <ConfirmAction
                trigger={<Button size="sm">Undo</Button>}
                title={`Undo the ${operation.label.toLowerCase()}`}
                description="After a restore, what was written since is left behind. After a move, nothing is."
                confirm="Undo it"
                action={undoTransferAction}
                fields={fields}
              />
              <ConfirmAction
                trigger={<Button size="sm">Confirm</Button>}
                title="Drop the old database"
                description="Everything is as it should be. After this it cannot be undone."
                confirm="Drop the old database"
                action={confirmTransferAction}
                fields={fields}
              />
            </>
          ) : null}
          {operation.canGiveUp ? (
            <ConfirmAction
              trigger={<Button size="sm">Give up</Button>}
              title={`Give up the ${operation.label.toLowerCase()}`}
              description="The organization goes on in the database where it is."
              confirm="Give it up"
              action={giveUpOperationAction}
              fields={fields}
            />
          ) : null}
        </div>
      </May>
    </li>
  );
}

function Backup({
  organizationId,
  backup,
  canRestore,
}: {
  organizationId: string;
  backup: BackupEntry;
  canRestore: boolean;
}) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 text-sm">
      <div className="min-w-0">
        <p className="font-medium text-text">{inUtc(backup.takenAt)}</p>
        <p className="text-[0.8125rem] text-text-muted">
          {counted(backup.documents, 'document')} in {counted(backup.collections, 'collection')},{' '}
          {formatBytes(backup.sizeBytes)}.{' '}
          {backup.testError ??
            (backup.testedAt
              ? `${backup.isRestored ? 'Came back whole' : 'Read to its end'} on ${inUtc(backup.testedAt)}`
              : 'Not tried yet')}
          {backup.snapshotId
            ? `. The vendor has snapshot ${backup.snapshotId} too${backup.snapshotUntil ? `, until ${inUtc(backup.snapshotUntil)}` : ''}`
            : ''}
        </p>
      </div>
      {canRestore ? (
        <May to="databases:write">
          <ConfirmAction
            trigger={<Button size="sm">Restore</Button>}
            title="Put this backup in place"
            description="The organization is read-only meanwhile. What was written after this backup is in the old database, which is kept for some days."
            confirm="Restore this backup"
            action={restoreBackupAction}
            fields={{ organizationId, backupId: backup.id }}
          />
        </May>
      ) : null}
    </li>
  );
}

function Move({ organizationId, life }: Props) {
  return (
    <ConfirmAction
      trigger={<Button size="sm">Move</Button>}
      title="Move the database"
      description="Read-only while it is copied, closed for some seconds at the switch, compared before it counts."
      confirm="Move it"
      tone="primary"
      action={moveOrganizationAction}
      fields={{ organizationId }}
    >
      <FormSelect
        name="destination"
        label="To"
        options={[
          ...life.cells.map((cell) => ({
            value: cell,
            label: cell === life.cellId ? `${cell}, where it is now` : cell,
          })),
          ...life.vendors.map((vendor) => ({
            value: vendor,
            label: `A cluster of its own at ${PROVIDER_LABEL[vendor]}`,
          })),
        ]}
      />
    </ConfirmAction>
  );
}

function Suspension({ organizationId, life }: Props) {
  if (life.suspendedFor) {
    return (
      <ActionButton size="sm" action={endSuspensionAction} fields={{ organizationId }}>
        End suspension
      </ActionButton>
    );
  }
  if (!life.hasDatabase) return null;
  return (
    <ConfirmAction
      trigger={
        <Button size="sm" variant="danger">
          Suspend
        </Button>
      }
      title="Suspend the organization"
      description="Nobody of it gets in, and its owners are told the reason. The subscription goes on; end it in billing where that is meant."
      confirm="Suspend it"
      action={suspendOrganizationAction}
      fields={{ organizationId }}
    >
      <FormTextarea name="reason" label="Reason" required />
    </ConfirmAction>
  );
}
