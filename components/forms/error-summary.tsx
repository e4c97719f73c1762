import type { ActionResult } from '@/lib/action-result';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { isPassing } from './send';

/** What stands against a save, in the form itself: one sentence, or each field with its mistake. */
export function ErrorSummary({
  ref,
  state,
  formId,
  labels,
  problems = {},
  onReload,
}: {
  ref: React.Ref<HTMLDivElement>;
  state: ActionResult;
  formId: string;
  labels: Readonly<Record<string, string>>;
  /** What fields say of themselves: of one mistake the summary says the same. */
  problems?: Readonly<Record<string, string>>;
  /** Loads the page again, with what was typed. */
  onReload: () => void;
}) {
  if (state.status === 'error') {
    return (
      <Alert
        ref={ref}
        tabIndex={-1}
        tone={isPassing(state) ? 'warning' : 'danger'}
        title={state.message}
        live
        action={
          state.code === 'STALE' || state.code === 'ALREADY_DONE' ? (
            <Button size="sm" onClick={onReload}>
              Load the page
            </Button>
          ) : null
        }
      >
        {state.requestId ? (
          <>
            Reference: <code className="break-all">{state.requestId}</code>
          </>
        ) : null}
      </Alert>
    );
  }
  if (state.status !== 'invalid') return null;
  const entries = Object.entries(state.fieldErrors).flatMap(([name, messages]) =>
    messages[0] ? [{ name, message: problems[name] ?? messages[0] }] : [],
  );
  const general = entries.find((entry) => entry.name === 'form');
  const fields = entries.filter((entry) => entry.name !== 'form');
  const title =
    general?.message ??
    (fields.length === 1 ? 'One thing needs your attention' : `${fields.length} things need your attention`);
  return (
    <Alert ref={ref} tabIndex={-1} tone="danger" title={title} live>
      {fields.length > 0 ? (
        <ul className="grid gap-1">
          {fields.map(({ name, message }) => (
            <li key={name}>
              <a
                href={`#${formId}-${name}`}
                className="text-text underline underline-offset-2"
                onClick={(event) => focusField(event, formId, name)}
              >
                {labels[name] ? `${labels[name]}: ` : ''}
                {message}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
    </Alert>
  );
}

function focusField(event: { preventDefault: () => void }, formId: string, name: string) {
  const target = document.getElementById(`${formId}-${name}`);
  if (!target) return;
  event.preventDefault();
  const control =
    target instanceof HTMLFieldSetElement
      ? target.querySelector<HTMLElement>('input:checked, input')
      : target;
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
}

/** What stands against a save, in one sentence, for who pressed another button. */
export function problemOf(state: ActionResult, labels: Readonly<Record<string, string>>): string | null {
  if (state.status === 'ok' || state.status === 'idle') return null;
  if (state.status === 'error') return state.message;
  const [first] = Object.entries(state.fieldErrors);
  const [name = '', messages = []] = first ?? [];
  return `${labels[name] ? `${labels[name]}: ` : ''}${messages[0] ?? state.message ?? 'Please check the marked fields.'}`;
}
