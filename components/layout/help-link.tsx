'use client';

import { usePathname } from 'next/navigation';
import { Icon } from '@/components/ui/icon';
import { paths } from '@/lib/paths';
import { buttonClass } from '../ui/button';

/** The question mark of the top bar: what explains this page, beside it, so that nothing typed is left. */
export function HelpLink() {
  return (
    <a
      href={paths.helpOf(usePathname())}
      target="_blank"
      rel="noopener"
      aria-label="Help with this page, in a new tab"
      title="Help with this page"
      className={buttonClass({ variant: 'ghost', size: 'icon' })}
    >
      <Icon of="circle-question-mark" />
    </a>
  );
}
