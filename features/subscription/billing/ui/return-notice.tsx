'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { toast } from '@/components/ui/toast';
import { paths } from '@/lib/paths';

/**
 * Says once what was done on Stripe's page, and takes it out of the address, so that a reload does not say it
 * again.
 */
export function ReturnNotice({ text }: { text: string }) {
  const router = useRouter();
  const isSaid = useRef(false);
  useEffect(() => {
    if (isSaid.current) return;
    isSaid.current = true;
    toast.success(text);
    router.replace(paths.billing, { scroll: false });
  }, [router, text]);
  return null;
}
