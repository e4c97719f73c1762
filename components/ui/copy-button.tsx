'use client';

import { useEffect, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { Button } from './button';
import { toast } from './toast';

/** Copies a text; says that it did. */
export function CopyButton({
  text,
  label = 'Copy',
  className,
}: {
  text: string;
  label?: string;
  className?: string;
}) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      toast.error('The browser did not allow copying. Select the text and copy it yourself.');
    }
  };
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={label}
      title={label}
      {...(className ? { className } : {})}
      onClick={copy}
    >
      {isCopied ? <Icon of="check" className="text-success" /> : <Icon of="copy" />}
      <span aria-live="polite" className="sr-only">
        {isCopied ? 'Copied' : ''}
      </span>
    </Button>
  );
}
