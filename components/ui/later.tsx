'use client';

import { type ComponentType, lazy, Suspense, useSyncExternalStore } from 'react';

const never = () => () => undefined;

/**
 * A part that is fetched when it is first shown, and not with the page; the server never makes it. React's
 * own means: the framework's helper for it weighs more than many a part. Gives nothing until it is there.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Part = lazy(async () => ({ default: await load() }));
  return function Later(props: Props) {
    const isInBrowser = useSyncExternalStore(
      never,
      () => true,
      () => false,
    );
    return isInBrowser ? (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    ) : null;
  };
}
