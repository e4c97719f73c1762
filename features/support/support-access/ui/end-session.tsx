'use client';
import { useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';
import { leaveWorkspaceAction } from '../actions';

/** Ends a support session. */
export function EndSession() {
  const [pending, start] = useTransition();
  const end = () =>
    start(async () => {
      const result = await leaveWorkspaceAction({ status: 'idle' }, new FormData());
      if (result.status !== 'ok') {
        toast.error('The session did not end. Please try again.');
        return;
      }
      // A whole new page: nothing of the workspace stays in this browser's memory.
      window.location.assign(result.data ? paths.platformOrganization(result.data) : paths.platform);
    });
  return (
    <Button size="sm" pending={pending} onClick={end}>
      End session
    </Button>
  );
}
