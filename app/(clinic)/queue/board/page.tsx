import type { Metadata } from 'next';
import { listBoard } from '@/features/frontdesk/queue/queries';
import { WaitingBoard } from '@/features/frontdesk/queue/ui/board';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Waiting room board' };

/**
 * For a screen in the waiting room: tokens and initials, never a name. Fills the screen, over the frame of
 * the clinic.
 */
export default async function BoardPage() {
  const ctx = await staffPage('queue:read');
  const saved = await load(listBoard(ctx));
  return <WaitingBoard name={ctx.organization.name} timeZone={ctx.timeZone} saved={saved} />;
}
