'use client';
import { later } from '@/components/ui/later';

/** In the frame of every page: see SignInWatch. It begins when the page has settled. */
export const SignInAgain = later(() => import('./sign-in-watch').then((file) => file.SignInWatch), {
  isAwaited: false,
});
