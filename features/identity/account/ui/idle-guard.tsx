'use client';
import { later } from '@/components/ui/later';

/** In the frame of every page: see IdleWatch. It begins when the page has settled. */
export const IdleGuard = later(() => import('./idle-watch').then((file) => file.IdleWatch), {
  isAwaited: false,
});
