'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormField } from '@/components/forms/form-field';
import { SettingsSection } from '@/components/layout/settings-section';
import { Alert } from '@/components/ui/alert';
import { DescriptionList } from '@/components/ui/description-list';
import { formatDay } from '@/lib/time';
import { connectOwnDatabaseAction } from '../actions';
import type { OwnDatabase } from '../queries';

/** Where the records live; the owner takes them to a server of the hospital's own. */
export function OwnDatabaseSettings({ database, canWrite }: { database: OwnDatabase; canWrite: boolean }) {
  const { own, move } = database;
  return (
    <div className="grid gap-8">
      <SettingsSection title="Where your records live" description="Only you and we can see this.">
        <Where database={database} />
      </SettingsSection>
      {move || !canWrite ? (
        <Alert tone="info" title={move ? 'Your records are being moved' : 'Only owners change this'}>
          {move
            ? `${move.step} (${move.stepsDone} of ${move.steps}). ${move.hasTrouble ? 'It met a problem and is tried again; our people see it too.' : 'Reload this page to see how far it has come.'}`
            : 'Ask an owner of your organization.'}
        </Alert>
      ) : (
        <SettingsSection
          title={own ? 'New connection string' : 'Your own server'}
          description="A MongoDB replica set or cluster with an empty database, and a user with the role readWrite on it. While records are moved they can be read and not changed, and at the end nobody gets in for some moments."
        >
          <ActionForm action={connectOwnDatabaseAction} label="Your own server" resetOnSuccess>
            <FormField
              name="connectionSecret"
              label="Connection string"
              type="password"
              autoComplete="off"
              help="mongodb+srv://user:password@host/database. It is checked, stored encrypted, and never shown again."
              required
            />
            <CurrentPassword help={PASSWORD_OR_CODE} />
            <FormActions className="justify-end">
              <SubmitButton>{own ? 'Check and replace' : 'Check and move'}</SubmitButton>
            </FormActions>
          </ActionForm>
        </SettingsSection>
      )}
    </div>
  );
}

function Where({ database: { own, keptUntil } }: { database: OwnDatabase }) {
  return (
    <DescriptionList
      items={[
        { label: 'Server', value: own ? own.hosts : 'Run by us' },
        { label: 'Database', value: own ? own.databaseName : 'One of your own, reached by nobody else' },
        ...(keptUntil
          ? [{ label: 'Way back', value: `Until ${formatDay(keptUntil)} our support can take the move back` }]
          : []),
      ]}
    />
  );
}
