import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Logo } from './logo';

/**
 * A page that only says something: what happened, and what to do next. Inside the shell it leaves the frame
 * as it is.
 */
export function MessagePage({
  hint,
  title,
  action,
  insideShell = false,
  children,
}: {
  /** A small line above: "Error 404". */
  hint?: string;
  title: string;
  action?: ReactNode;
  insideShell?: boolean;
  children?: ReactNode;
}) {
  const Frame = insideShell ? 'div' : 'main';
  return (
    <Frame
      {...(insideShell ? {} : { id: 'main' })}
      className={clsx(
        'grid place-items-center px-6 py-16 text-center',
        insideShell ? 'min-h-[60dvh]' : 'min-h-dvh',
      )}
    >
      <div className="max-w-md">
        {insideShell ? null : (
          <div className="mb-10 flex justify-center">
            <Logo />
          </div>
        )}
        {hint ? <p className="mb-2 font-semibold text-[0.8125rem] text-accent">{hint}</p> : null}
        <h1 className="font-semibold text-2xl text-text">{title}</h1>
        {children ? <div className="mt-2 grid gap-3 text-pretty text-text-muted">{children}</div> : null}
        {action ? <div className="mt-7 flex flex-wrap justify-center gap-2">{action}</div> : null}
      </div>
    </Frame>
  );
}
