import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Button } from '@/components/ui/button';
import type { Branch } from '@/lib/branches';
import { closeBranchAction, reopenBranchAction } from '../actions';

/** Closes a branch that is empty, or opens one again. */
export function BranchState({ branch: { id, name, isOpen, isFirst } }: { branch: Branch }) {
  if (isFirst) return null;
  return isOpen ? (
    <ConfirmAction
      trigger={
        <Button size="sm" aria-label={`Close ${name}`}>
          Close
        </Button>
      }
      title={`Close ${name}?`}
      description="Nobody works there any more. Its bills, visits and figures stay, and it can be opened again."
      confirm="Close the branch"
      action={closeBranchAction}
      fields={{ branchId: id }}
    />
  ) : (
    <ActionButton
      size="sm"
      action={reopenBranchAction}
      fields={{ branchId: id }}
      aria-label={`Open ${name} again`}
    >
      Open again
    </ActionButton>
  );
}
