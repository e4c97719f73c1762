'use client';
import { useEffect, useRef, useState } from 'react';
import { runAction } from '@/components/forms/run-action';
import { Badge } from '@/components/ui/badge';
import { seeChangesAction } from '../actions';

/** Who has the page of the news open has seen them. */
export function SeeChanges({ day }: { day: string }) {
  const isSaid = useRef(false);
  useEffect(() => {
    if (isSaid.current) return;
    isSaid.current = true;
    // Where it fails, the next visit says it again.
    void runAction(seeChangesAction, { day }).catch(() => undefined);
  }, [day]);
  return null;
}

/** Stays while the page is open, although the news count as read from the first moment. */
export function NewMark({ isNew }: { isNew: boolean }) {
  const [isShown] = useState(isNew);
  return isShown ? <Badge tone="accent">New since you were here</Badge> : null;
}
