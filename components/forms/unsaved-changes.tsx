'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { later } from '@/components/ui/later';
import { hasOpenForms, isAnythingUnkept, keepAll } from './open-forms';

const ConfirmDialog = later(() => import('../ui/confirm-dialog').then((module) => module.ConfirmDialog));

type Ask = (leave: () => void) => void;
// Each open form can put the question; one of them does.
const asks = new Set<Ask>();
let isLeaving = false;

/**
 * Runs `leave`. Where something typed is not at the server yet it is brought there first; only what cannot be
 * is asked about.
 */
export function leaveSafely(leave: () => void): void {
  if (asks.size === 0 || !isAnythingUnkept()) leave();
  else
    void keepAll().then((areKept) => {
      const [ask] = asks;
      if (areKept || !ask) leave();
      else ask(leave);
    });
}

/** Leaves without a question: what was typed is at the server, or its person has said so. */
export function leaveWithoutAsking(address: string): void {
  isLeaving = true;
  window.location.assign(address);
}

// Where the browser lets a page hold up Back and Forward. Elsewhere the draft alone protects what was typed.
type Traversal = Event & { navigationType: string; cancelable: boolean; destination: { key: string } };
type History = EventTarget & { traverseTo: (key: string) => unknown };
const browserHistory = (): History | undefined => Reflect.get(window, 'navigation');

/** While mounted, leaving asks first where a draft is not at the server: by link, Back, reload, closing. */
export function UnsavedChanges() {
  const router = useRouter();
  const [leave, setLeave] = useState<(() => void) | null>(null);

  useEffect(() => {
    const own: Ask = (next) => setLeave(() => next);
    asks.add(own);
    const isUnkept = () => !isLeaving && hasOpenForms() && isAnythingUnkept();
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!isUnkept()) return;
      void keepAll();
      event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      if (
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey
      )
        return;
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download'))
        return;
      const url = new URL(link.href);
      const isSamePage = url.pathname === location.pathname && url.search === location.search;
      if (url.origin !== location.origin || isSamePage || !isUnkept()) return;
      event.preventDefault();
      event.stopPropagation();
      leaveSafely(() => router.push(`${url.pathname}${url.search}${url.hash}`));
    };
    const onTraverse = (event: Event) => {
      const { navigationType, cancelable, destination } = event as Traversal;
      if (navigationType !== 'traverse' || !cancelable || event.defaultPrevented || !isUnkept()) return;
      event.preventDefault();
      leaveSafely(() => {
        isLeaving = true;
        browserHistory()?.traverseTo(destination.key);
        setTimeout(() => {
          isLeaving = false;
        }, 1_000);
      });
    };
    const history = browserHistory();
    addEventListener('beforeunload', onUnload);
    history?.addEventListener('navigate', onTraverse);
    // On the window and in the capture phase: before the router sees the click.
    addEventListener('click', onClick, { capture: true });
    return () => {
      asks.delete(own);
      removeEventListener('beforeunload', onUnload);
      history?.removeEventListener('navigate', onTraverse);
      removeEventListener('click', onClick, { capture: true });
    };
  }, [router]);

  if (!leave) return null;
  return (
    <ConfirmDialog
      open
      title="Leave without saving?"
      confirmLabel="Leave"
      cancelLabel="Stay"
      onOpenChange={(open) => {
        if (!open) setLeave(null);
      }}
      onConfirm={leave}
    >
      What you typed on this page has not been saved.
    </ConfirmDialog>
  );
}
