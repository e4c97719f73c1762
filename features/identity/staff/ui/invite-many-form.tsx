'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { useField } from '@/components/forms/form-field';
import { TextFileField } from '@/components/forms/text-file-field';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import type { RoleChoice } from '@/features/identity/access/lookup';
import { inviteManyAction } from '../actions';
import { type InviteLine, readInviteList } from '../invite-list';
import type { Seats } from '../policy';
import type { InviteResult } from '../service/invite-many';

type Props = { roles: readonly RoleChoice[]; seats: Seats; onClose: () => void };

/** The list as it is read while it is typed, and what became of each line once it is sent. */
export function InviteManyForm({ roles, seats, onClose }: Props) {
  const [results, setResults] = useState<readonly InviteResult[] | null>(null);
  if (results) return <Results results={results} onClose={onClose} />;
  return (
    <ActionForm
      action={inviteManyAction}
      label="List of people"
      draft={{ form: 'invite-many' }}
      onSuccess={({ results: sent }) => setResults(sent)}
    >
      <ListField roles={roles} seats={seats} />
      <FormActions className="justify-end">
        <Button onClick={onClose}>Cancel</Button>
        <SubmitButton pendingLabel="Sending">Send invitations</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function ListField({ roles, seats }: Pick<Props, 'roles' | 'seats'>) {
  const { id, error, kept } = useField('list', 'People');
  const refused = useField('lines', 'People').error;
  const [text, setText] = useState(kept ?? '');
  const lines = readInviteList(text, roles);
  const good = lines.filter(({ problem }) => problem === null);
  const free = seats.limit === null ? null : Math.max(0, seats.limit - seats.used);
  const names = roles.filter(({ value }) => value !== 'owner').map(({ label }) => label);
  return (
    <>
      <TextFileField
        id={`${id}-file`}
        help="CSV or text. It is read here and put into the box."
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        onText={setText}
      />
      <Field label="People" id={id} error={error ?? refused} help={`Roles: ${names.join(', ')}`}>
        {(control) => (
          <Textarea
            {...control}
            name="list"
            rows={6}
            maxLength={40_000}
            placeholder={
              'Dr Asha Rao, asha@hospital.org, Doctor\nNeha Verma, neha@hospital.org, Receptionist'
            }
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        )}
      </Field>
      <input
        type="hidden"
        name="lines"
        value={JSON.stringify(good.map(({ line, name, email, role }) => ({ line, name, email, role })))}
      />
      {free !== null && good.length > free ? (
        <Alert
          tone="warning"
          title={free === 1 ? 'One staff account is free' : `${free} staff accounts are free`}
        >
          The first of these lines are sent. For the others, choose a larger plan, revoke an invitation or
          remove somebody.
        </Alert>
      ) : null}
      {lines.length > 0 ? <Preview lines={lines} good={good.length} /> : null}
    </>
  );
}

function Preview({ lines, good }: { lines: readonly InviteLine[]; good: number }) {
  return (
    <section aria-label="How it is read">
      <p role="status" className="mb-2 text-text-muted">
        {good === 1 ? '1 line can be sent' : `${good} lines can be sent`}
        {good < lines.length ? `, ${lines.length - good} not` : null}.
      </p>
      <ul className="max-h-64 divide-y divide-border overflow-y-auto rounded-lg border border-border">
        {lines.map(({ line, name, email, roleLabel, problem }) => (
          <li key={line} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-2">
            <span className="w-6 shrink-0 text-text-subtle tabular-nums">
              <span className="sr-only">Line </span>
              {line}
            </span>
            <span className="min-w-0 flex-1">
              <span className="font-medium">{name || 'No name'}</span>{' '}
              <span className="break-all text-text-muted">{email}</span>
              {problem ? <span className="block text-danger">{problem}</span> : null}
            </span>
            {problem ? null : <Badge tone="success">{roleLabel}</Badge>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Results({ results, onClose }: { results: readonly InviteResult[]; onClose: () => void }) {
  const left = results.filter(({ refusal }) => refusal !== null);
  return (
    <div className="grid gap-4">
      {left.length > 0 ? (
        <Alert
          tone="warning"
          title={left.length === 1 ? 'One line was not sent' : `${left.length} lines were not sent`}
        >
          All others have their mail.
        </Alert>
      ) : (
        <Alert tone="success" title="Everybody has their mail">
          Until they accept, they stand under Invitations.
        </Alert>
      )}
      <ul
        aria-label="What became of each line"
        className="divide-y divide-border rounded-lg border border-border"
      >
        {results.map(({ line, email, refusal }) => (
          <li key={line} className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-3 py-2">
            <span className="min-w-0 flex-1 break-all">{email}</span>
            {refusal ? <Badge tone="danger">Not sent</Badge> : <Badge tone="success">Sent</Badge>}
            {refusal ? <span className="w-full text-danger">{refusal}</span> : null}
          </li>
        ))}
      </ul>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
