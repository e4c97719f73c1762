'use client';
import { Button } from '@/components/ui/button';
import { Printer } from '@/components/ui/icons';

/** Opens the browser's print dialog for this page. */
export function PrintButton() {
  return (
    <Button variant="primary" onClick={() => window.print()}>
      <Printer aria-hidden="true" />
      Print
    </Button>
  );
}
