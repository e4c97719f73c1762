'use client';

import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { Button } from '../ui/button';
import { MessagePage } from './message-page';

// The browser's too: every page comes with what it would show if it were refused, and the name is enough.

type Place = { insideShell?: boolean };

/** 404: a wrong address, a record that is gone, and another organization's record all read the same. */
export function NotFoundMessage({ insideShell = false }: Place) {
  return (
    <MessagePage
      hint="Error 404"
      title="There is nothing here"
      insideShell={insideShell}
      action={
        <Button asChild variant="primary" size="lg">
          <Link href={insideShell ? paths.today : paths.home}>
            {insideShell ? 'Go to today' : 'Go to the start'}
          </Link>
        </Button>
      }
    >
      <p>The address may be mistyped, or what was here has been removed.</p>
    </MessagePage>
  );
}

/** 403: signed in, but not for this. */
export function ForbiddenMessage({ insideShell = false, reason }: Place & { reason?: string | undefined }) {
  return (
    <MessagePage
      hint="Error 403"
      title={reason ? 'This page is closed for now' : 'Your role does not open this page'}
      insideShell={insideShell}
      action={
        <Button asChild variant="primary" size="lg">
          <Link href={paths.today}>Go to today</Link>
        </Button>
      }
    >
      <p>{reason ?? 'The owner or an administrator of your organization can change your role.'}</p>
    </MessagePage>
  );
}

/** 401: what this is, only somebody who is signed in may see. */
export function UnauthorizedMessage() {
  return (
    <MessagePage
      hint="Error 401"
      title="Please sign in"
      action={
        <Button asChild variant="primary" size="lg">
          <Link href={paths.login}>Sign in</Link>
        </Button>
      }
    >
      <p>What is here, only people who are signed in may see.</p>
    </MessagePage>
  );
}
