'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { FormField } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { formatBytes } from '@/lib/money';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { closeAccountAction, exportOrganizationAction, keepAccountAction } from '../actions';
import type { Closing } from '../queries';

export function ExportEverything({ exports }: Pick<Closing, 'exports'>) {
  const isMaking = exports.some(({ state }) => state === 'making');
  return (
    <Section
      title="Export everything"
      description="One archive: all records as JSON Lines, and patients, appointments, visits and medicines as tables."
      actions={
        <ConfirmAction
          trigger={
            <Button disabled={isMaking}>
              <Icon of="package" />
              Make an export
            </Button>
          }
          title="Make an export"
          description="Everything leaves in one archive. All owners are told by mail."
          confirm="Make the export"
          tone="primary"
          action={exportOrganizationAction}
          fields={{}}
        >
          <CurrentPassword help={PASSWORD_OR_CODE} />
        </ConfirmAction>
      }
    >
      {exports.length === 0 ? (
        <EmptyState title="No export yet" className="py-4">
          It takes some minutes. You get a mail, and fetch it here.
        </EmptyState>
      ) : (
        <ul className="grid gap-3">
          {exports.map((one) => (
            <li key={one.id} className="flex flex-wrap items-center justify-between gap-3 text-sm">
              <div className="min-w-0">
                <p className="font-medium text-text">{one.askedOn}</p>
                <p className="text-[0.8125rem] text-text-muted">
                  {one.state === 'making'
                    ? `Being made${one.progress ? `, ${one.progress}` : ''}`
                    : one.state === 'ready'
                      ? `${(one.documents ?? 0).toLocaleString('en-US')} records, ${formatBytes(one.sizeBytes ?? 0)}, until ${formatDay(one.expiresOn ?? '')}`
                      : 'No longer offered. Make a new one.'}
                </p>
              </div>
              {one.state === 'ready' ? (
                <a className={buttonClass({ size: 'sm' })} href={paths.exportOf(one.id)} download>
                  <Icon of="download" />
                  Download
                </a>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

export function CloseAccount({ closing }: { closing: Closing }) {
  if (closing.closesOn) {
    return (
      <Alert
        tone="danger"
        title={`Your account closes on ${formatDay(closing.closesOn)}`}
        action={
          closing.canKeep ? (
            <ActionButton variant="primary" action={keepAccountAction}>
              Keep the account
            </ActionButton>
          ) : null
        }
      >
        Until then everything can be read and exported. After that its encryption keys are destroyed and the
        database is deleted; nobody can bring it back.
      </Alert>
    );
  }
  return (
    <Section
      title="Close account"
      description="Everything becomes read-only at once. When the retention is over, keys, database and backups are destroyed."
    >
      <ConfirmAction
        trigger={<Button variant="danger">Close account</Button>}
        title="Close the account"
        description="Nobody can write any more from now on. You can take this back until the day that the next page names. What is paid ahead is not given back by itself: ask our support. Your invoices stay under Billing until then."
        confirm="Close the account"
        action={closeAccountAction}
        fields={{}}
      >
        <FormField
          name="confirmation"
          label="Name of your organization"
          help={`Type ${closing.name} to confirm.`}
          autoComplete="off"
          required
        />
        <CurrentPassword help={PASSWORD_OR_CODE} />
      </ConfirmAction>
    </Section>
  );
}
