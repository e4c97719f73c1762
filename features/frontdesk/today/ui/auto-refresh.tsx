'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { refreshSafely } from '@/components/forms/refresh-safely';

/** Reads the page again every minute while somebody looks at it, and when they come back to it. */
export function AutoRefresh({ seconds = 60 }: { seconds?: number }) {
  const router = useRouter();
  useEffect(() => {
    let last = Date.now();
    const refresh = () => {
      if (document.visibilityState !== 'visible' || Date.now() - last < seconds * 1000) return;
      last = Date.now();
      void refreshSafely(router);
    };
    const timer = setInterval(refresh, 5_000);
    document.addEventListener('visibilitychange', refresh);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', refresh);
    };
  }, [router, seconds]);
  return null;
}
