'use client';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent } from '@/components/ui/dialog';

/** The question before the idle logout. */
export function IdleWarning({ seconds, onStay }: { seconds: number; onStay: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onStay())}>
      <DialogContent
        title="Are you still there?"
        description="Nothing was done for a while. To keep patients' records private, you will be signed out."
        footer={
          <Button variant="primary" onClick={onStay}>
            Stay signed in
          </Button>
        }
      >
        <p role="timer">
          Signing out in {seconds} {seconds === 1 ? 'second' : 'seconds'}.
        </p>
      </DialogContent>
    </Dialog>
  );
}
