import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

/** The frame of the small public pages around signing in: one heading, one card. */
export function EntryCard({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto grid w-full max-w-md flex-1 place-items-center px-5 py-12">
      <div className="w-full">
        <h1 className="text-center text-2xl font-semibold tracking-tight">{title}</h1>
        {description ? (
          <div className="mt-2 text-balance text-center text-text-muted">{description}</div>
        ) : null}
        <Card className="mt-6 p-6">{children}</Card>
      </div>
    </div>
  );
}
