import type { ReactNode } from 'react';
import { SettingsNav } from './settings-nav';

/**
 * A page of the settings beside the way to the others; the organization's only for those who may see them.
 */
export function SettingsFrame({
  hasOrganization,
  children,
}: {
  hasOrganization: boolean;
  children: ReactNode;
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[11.5rem_minmax(0,1fr)] lg:gap-x-8">
      <div className="self-start lg:sticky lg:top-[calc(var(--shell-top)+1.5rem)]">
        <SettingsNav hasOrganization={hasOrganization} />
      </div>
      <div className="@container min-w-0 [&>section+section]:mt-8">{children}</div>
    </div>
  );
}
