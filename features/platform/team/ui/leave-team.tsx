'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { leaveWithoutAsking } from '@/components/forms/unsaved-changes';
import { Button } from '@/components/ui/button';
import { paths } from '@/lib/paths';
import { leaveTeamAction } from '../actions';

export function LeaveTeam() {
  return (
    <ConfirmAction
      trigger={
        <Button variant="danger" className="justify-self-start">
          Leave the team
        </Button>
      }
      title="Leave the team"
      description="You are signed out, and the company’s pages do not open for you any more. Your name stays on what you did."
      confirm="Leave now"
      action={leaveTeamAction}
      fields={{}}
      onDone={() => leaveWithoutAsking(paths.platformLogin)}
    >
      <CurrentPassword help={PASSWORD_OR_CODE} />
    </ConfirmAction>
  );
}
