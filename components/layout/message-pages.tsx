'use client';

import { buttonClass } from '../ui/button-class';
import { MessagePage } from './message-page';

// The browser's too: every page comes with what it would show if it were refused, and the name is enough.
// They are told where to lead: a list of all addresses would come along.

type Place = { href: string; insideShell?: boolean };

/** 404: a wrong address, a record that is gone, and another organization's record all read the same. */
export function NotFoundMessage({ href, insideShell = false }: Place) {
  return (
    <MessagePage
      hint="Error 404"
      title="There is nothing here"
      insideShell={insideShell}
      action={
        <a href={href} className={buttonClass({ variant: 'primary', size: 'lg' })}>
          {insideShell ? 'Go to today' : 'Go to the start'}
        </a>
      }
    >
      <p>The address may be mistyped, or what was here has been removed.</p>
    </MessagePage>
  );
}

/** 403: signed in, but not for this. */
export function ForbiddenMessage({
  href,
  insideShell = false,
  reason,
}: Place & { reason?: string | undefined }) {
  return (
    <MessagePage
      hint="Error 403"
      title={reason ? 'This page is closed for now' : 'Your role does not open this page'}
      insideShell={insideShell}
      action={
        <a href={href} className={buttonClass({ variant: 'primary', size: 'lg' })}>
          Go to today
        </a>
      }
    >
      <p>{reason ?? 'The owner or an administrator of your organization can change your role.'}</p>
    </MessagePage>
  );
}

/** 401: what this is, only somebody who is signed in may see. */
export function UnauthorizedMessage({ href }: Pick<Place, 'href'>) {
  return (
    <MessagePage
      hint="Error 401"
      title="Please sign in"
      action={
        <a href={href} className={buttonClass({ variant: 'primary', size: 'lg' })}>
          Sign in
        </a>
      }
    >
      <p>What is here, only people who are signed in may see.</p>
    </MessagePage>
  );
}
