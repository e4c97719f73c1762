'use client';

import { type ComponentType, useEffect, useRef, useState } from 'react';
import { receiveToasts, type ToastMessage } from './toast';

type Host = ComponentType<{ messages: readonly (ToastMessage & { id: number })[] }>;

/** Mounted once in the root layout; fetches the toasts' code with the first toast. */
export function Toaster() {
  const [Host, setHost] = useState<Host | null>(null);
  const [messages, setMessages] = useState<(ToastMessage & { id: number })[]>([]);
  const nextId = useRef(1);
  useEffect(
    () =>
      receiveToasts((message) => {
        const id = nextId.current++;
        setMessages((earlier) => [...earlier.slice(-9), { ...message, id }]);
        void import('./toast-host').then((module) => setHost(() => module.ToastHost));
      }),
    [],
  );
  return Host ? <Host messages={messages} /> : null;
}
