import { OpenState } from '@/components/forms/open-state';
import type { Branch } from '@/lib/branches';
import { closeBranchAction, reopenBranchAction } from '../actions';

/** Closes a branch that is empty, or opens one again. */
export function BranchState({ branch: { id, name, isOpen, isFirst } }: { branch: Branch }) {
  if (isFirst) return null;
  return (
    <OpenState
      {...{ name, isOpen }}
      confirm="Close the branch"
      description="Nobody works there any more. Its bills, visits and figures stay, and it can be opened again."
      fields={{ branchId: id }}
      close={closeBranchAction}
      reopen={reopenBranchAction}
    />
  );
}
