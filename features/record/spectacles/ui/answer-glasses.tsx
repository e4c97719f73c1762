'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Button, buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { answerGlassesAction } from '../actions';
import type { MadeOutcome } from '../policy';

/** What the optical shop says of glasses: made as prescribed, made otherwise, or not made. */
export function AnswerGlasses({
  id,
  version,
  outcome,
}: {
  id: string;
  /** How often it was noted before. */
  version: number;
  /** What was said last. */
  outcome: MadeOutcome | null;
}) {
  const fields = { spectaclesId: id, version: String(version) };
  return (
    <>
      {outcome === 'as-prescribed' ? null : (
        <ActionButton action={answerGlassesAction} fields={{ ...fields, outcome: 'as-prescribed' }}>
          Made as prescribed
        </ActionButton>
      )}
      <Link href={paths.glassesMade(id)} className={buttonClass()}>
        Made otherwise
      </Link>
      {outcome === 'not-made' ? null : (
        <ConfirmAction
          trigger={<Button>Not made</Button>}
          title="These glasses are not made?"
          description="The prescription stays as it is. What is said last counts."
          confirm="Note that they are not made"
          tone="primary"
          action={answerGlassesAction}
          fields={{ ...fields, outcome: 'not-made' }}
        >
          <FormField
            name="reason"
            label="Why they are not made"
            help="For example: bought elsewhere, too expensive, no frame"
            required
            maxLength={200}
            autoComplete="off"
          />
        </ConfirmAction>
      )}
    </>
  );
}
