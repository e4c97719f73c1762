'use client';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Meter } from '@/components/ui/meter';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';

type Step =
  | { status: 'checking'; checked: number; total: number }
  | { status: 'intact'; checked: number; first: number; last: number }
  | {
      status: 'broken';
      checked: number;
      seq: number;
      until?: number;
      kind: string;
      entry: { at: string; action: string; actorName: string } | null;
    };
type State = { status: 'idle' } | { status: 'problem' } | Step;

const WHAT: Record<string, (seq: string, until?: number) => string> = {
  edited: (seq) => `Entry ${seq} was edited`,
  deleted: (seq) => `Entry ${seq} was deleted`,
  reordered: (seq) => `Entry ${seq} was moved to another place`,
  inserted: (seq) => `Entry ${seq} was inserted`,
  truncated: (seq, until) =>
    until
      ? `The newest entries were removed: ${seq} to ${until}`
      : `The newest entries were removed, from entry ${seq} on`,
  'end-mark': (seq) => `The mark at the end of the log was altered, before entry ${seq}`,
  anchor: (seq) => `The copy of the log's end kept outside its database was altered, at entry ${seq}`,
};

/**
 * Checks the whole log on the server and says in words what was found. `source` streams one JSON object a
 * line.
 */
export function VerifyLog({ timeZone, source = paths.auditVerify }: { timeZone: string; source?: string }) {
  const [state, setState] = useState<State>({ status: 'idle' });

  async function verify() {
    setState({ status: 'checking', checked: 0, total: 0 });
    try {
      const answer = await fetch(source, { cache: 'no-store' });
      if (!answer.ok || !answer.body) throw new Error(String(answer.status));
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      let last: Step | undefined;
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (rest + part.value).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) last = JSON.parse(line) as Step;
        if (last) setState(last);
      }
      if (!last || last.status === 'checking') throw new Error('ended early');
    } catch {
      setState({ status: 'problem' });
    }
  }

  return (
    <div className="no-print mb-5 grid gap-3">
      <div>
        <Button onClick={verify} disabled={state.status === 'checking'}>
          <Icon of="shield-check" /> Verify log
        </Button>
      </div>
      {state.status === 'checking' ? (
        <Meter
          label="Checking entries"
          value={state.checked}
          max={state.total || 1}
          text={state.total ? `${state.checked} of ${state.total}` : 'Starting'}
          className="max-w-md"
        />
      ) : null}
      {state.status === 'intact' ? (
        <Alert tone="success" title="The log is complete and unchanged" live>
          {state.checked === 0
            ? 'There is no entry yet.'
            : `${state.checked.toLocaleString('en')} entries were checked, ${state.first} to ${state.last}.`}
        </Alert>
      ) : null}
      {state.status === 'broken' ? (
        <Alert tone="danger" title={(WHAT[state.kind] ?? WHAT.edited)?.(String(state.seq), state.until)} live>
          {state.entry
            ? `There now: ${state.entry.action} by ${state.entry.actorName}${
                state.entry.at ? `, ${formatInstant(new Date(state.entry.at), timeZone)}` : ''
              }. `
            : ''}
          {`The ${state.checked} entries before it are as they were written. Keep the database as it is and contact support.`}
        </Alert>
      ) : null}
      {state.status === 'problem' ? (
        <Alert tone="danger" title="The log could not be checked to its end" live>
          Please try again in a minute.
        </Alert>
      ) : null}
    </div>
  );
}
