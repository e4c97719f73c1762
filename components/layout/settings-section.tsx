import { type ReactNode, useId } from 'react';
import { Card } from '@/components/ui/card';

/** One subject of a settings page: what it is on the left, its form on the right. */
export function SettingsSection({
  title,
  description,
  children,
}: {
  title: string;
  description?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-x-8 gap-y-3 @2xl:grid-cols-[13rem_minmax(0,36rem)]">
      <div>
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {description ? <p className="mt-1 text-[13px] text-text-muted">{description}</p> : null}
      </div>
      <Card className="p-4 sm:p-5">{children}</Card>
    </section>
  );
}
