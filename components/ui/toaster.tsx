'use client';

import { useEffect, useRef, useState } from 'react';
import { later } from './later';
import { receiveToasts, type ToastMessage } from './toast';

const ToastHost = later(() => import('./toast-host').then((file) => file.ToastHost), { isAwaited: false });

/** Mounted once in the root layout; fetches the toasts' code with the first toast. */
export function Toaster() {
  const [messages, setMessages] = useState<(ToastMessage & { id: number })[]>([]);
  const nextId = useRef(1);
  useEffect(
    () =>
      receiveToasts((message) => {
        const id = nextId.current++;
        setMessages((earlier) => [...earlier.slice(-9), { ...message, id }]);
      }),
    [],
  );
  return messages.length > 0 ? <ToastHost messages={messages} /> : null;
}
