'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { PlatformPermission } from '@/lib/auth/platform-permissions';

const Held = createContext<readonly PlatformPermission[]>([]);

/** Says to the screens of the company below it what the person at them may do. */
export function MayProvider({
  permissions,
  children,
}: {
  permissions: readonly PlatformPermission[];
  children: ReactNode;
}) {
  return <Held value={permissions}>{children}</Held>;
}

/**
 * Leaves out what would only be refused. The gate of the action decides; outside of a provider nothing is
 * shown.
 */
export function May({ to, children }: { to: PlatformPermission; children: ReactNode }) {
  return useContext(Held).includes(to) ? children : null;
}
