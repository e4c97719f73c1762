'use client';
import { useEffect, useState } from 'react';
import { coverPage, uncoverPage } from '@/components/forms/cover';
import { onSignedOut } from '@/components/forms/signed-out';
import { leaveWithoutAsking } from '@/components/forms/unsaved-changes';
import { later } from '@/components/ui/later';
import { paths } from '@/lib/paths';

// Fetched when a session has ended under somebody's hands; most pages never need it.
const SignInLayer = later(() => import('./sign-in-layer').then((file) => file.SignInLayer));

/**
 * In the frame of every page: forms whose save found no session ask here. The page is covered, its person
 * signs in above it, and the save goes on. Anybody else starts on a page of their own.
 */
export function SignInWatch({ name, email, place }: { name: string; email: string; place: string }) {
  const [waiting, setWaiting] = useState<readonly ((isBack: boolean) => void)[]>([]);
  useEffect(
    () =>
      onSignedOut(() => {
        coverPage();
        return new Promise((resolve) => setWaiting((others) => [...others, resolve]));
      }),
    [],
  );
  if (waiting.length === 0) return null;
  const back = (who: string | undefined) => {
    if (who !== place) {
      leaveWithoutAsking(paths.today);
      return;
    }
    uncoverPage();
    setWaiting([]);
    for (const resume of waiting) resume(true);
  };
  return <SignInLayer name={name} email={email} onBack={back} />;
}
