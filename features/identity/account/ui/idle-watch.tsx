'use client';
import { usePathname } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { coverPage } from '@/components/forms/cover';
import { hasOpenForms } from '@/components/forms/open-forms';
import { signInAgain } from '@/components/forms/signed-out';
import { leaveWithoutAsking } from '@/components/forms/unsaved-changes';
import { later } from '@/components/ui/later';
import { IDLE_WARNING_SECONDS } from '@/lib/auth/limits';
import { paths } from '@/lib/paths';

// Few pages ever show the question.
const IdleWarning = later(() => import('./idle-warning').then((file) => file.IdleWarning));

const SEEN_EVERY_MS = 30_000;
const DEEDS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
/** Shared by the tabs of this browser: what is done in one keeps the others open. */
const SEEN = 'session.seen';
const PLACE = 'session.place';

/**
 * Tells the server that somebody is there, warns before the idle logout, and leaves when it has happened. The
 * server decides by itself; this only shows it. A tab of another organization or person starts over instead
 * of going on.
 */
export function IdleWatch({
  idleMinutes,
  place,
  signIn = paths.login,
}: {
  idleMinutes: number;
  place: string;
  /** Where this person signs in. */
  signIn?: string;
}) {
  const pathname = usePathname();
  const seenAt = useRef(0);
  const [left, setLeft] = useState<number | null>(null);
  const isLeaving = useRef(false);
  const isDisplay = pathname === paths.queueBoard;

  const leave = useCallback(async () => {
    // The patient is off the screen before anything else, also when nobody answers.
    coverPage();
    // The server's clock may be a moment behind; a sign-in page that finds the session open would lead
    // straight back.
    const { isLocked } = await fetch(paths.session, { method: 'DELETE' })
      .then((answer): Promise<{ isLocked?: boolean }> => answer.json())
      .catch(() => ({ isLocked: false }));
    // What is typed stays for its person, under the cover.
    if (hasOpenForms()) {
      if (!(await signInAgain())) return;
      isLeaving.current = false;
      seenAt.current = Date.now();
      localStorage.setItem(SEEN, String(seenAt.current));
      return;
    }
    const next = window.location.pathname + window.location.search;
    leaveWithoutAsking(`${isLocked ? paths.switchUser : signIn}?next=${encodeURIComponent(next)}`);
  }, [signIn]);

  const tell = useCallback(async () => {
    seenAt.current = Date.now();
    localStorage.setItem(SEEN, String(seenAt.current));
    setLeft(null);
    try {
      const answer = await fetch(paths.session, { method: 'POST' });
      if (answer.status === 401) await leave();
    } catch {
      // Away from the network: the clock goes on, and the server decides when it is back.
    }
  }, [leave]);

  useEffect(() => {
    seenAt.current = Date.now();
    localStorage.setItem(PLACE, place);
    localStorage.setItem(SEEN, String(seenAt.current));
    const deed = () => {
      // While the question stands, only its answer counts.
      if (leftOf(seenAt.current, idleMinutes) <= IDLE_WARNING_SECONDS) return;
      if (Date.now() - seenAt.current > SEEN_EVERY_MS) void tell();
    };
    const tick = () => {
      seenAt.current = Math.max(seenAt.current, Number(localStorage.getItem(SEEN)) || 0);
      if (isDisplay && Date.now() - seenAt.current > 60_000) void tell();
      const seconds = leftOf(seenAt.current, idleMinutes);
      setLeft(seconds <= IDLE_WARNING_SECONDS ? seconds : null);
      if (seconds <= 0 && !isLeaving.current) {
        isLeaving.current = true;
        void leave();
      }
    };
    const moved = (event: StorageEvent) => {
      if (event.key === PLACE && event.newValue !== place) window.location.assign(paths.today);
    };
    for (const name of DEEDS) window.addEventListener(name, deed, { passive: true });
    window.addEventListener('storage', moved);
    document.addEventListener('visibilitychange', tick);
    const timer = setInterval(tick, 1_000);
    return () => {
      for (const name of DEEDS) window.removeEventListener(name, deed);
      window.removeEventListener('storage', moved);
      document.removeEventListener('visibilitychange', tick);
      clearInterval(timer);
    };
  }, [idleMinutes, isDisplay, leave, place, tell]);

  return left !== null && left > 0 ? <IdleWarning seconds={left} onStay={() => void tell()} /> : null;
}

const leftOf = (seenAt: number, idleMinutes: number): number =>
  Math.ceil((seenAt + idleMinutes * 60_000 - Date.now()) / 1_000);
