'use client';

import { usePathname } from 'next/navigation';
import {
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import type { Fields } from '@/lib/forms';
import { PLATFORM, paths } from '@/lib/paths';
import type { Version } from '@/lib/revision';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import type { Beginning, DraftOf, Keeper } from './beginning';
import { isSame, previewOf, valuesOf } from './form-values';

type Draft = { fields: Fields; base: Fields; version: Version | null; savedAt: string };

/** Saved after this rest, and at the latest this long after the first change. Milliseconds. */
const REST_MS = 1_000;
const LATEST_MS = 5_000;
/** What is being forgotten: the form that comes in the place of one that was saved does not ask before. */
const forgetting = new Map<string, Promise<unknown>>();
/** A request that outlives its page may carry so much. */
const MAX_KEEPALIVE = 60_000;

/**
 * Keeps what is typed at the server, and offers what was typed before and not saved. Nothing of it is in the
 * browser's storage.
 */
export function DraftKeeper({
  ref,
  form,
  draft,
  begun,
  isDirty,
  begin,
}: {
  ref: Ref<Keeper>;
  form: RefObject<HTMLFormElement | null>;
  draft: DraftOf;
  begun: Beginning;
  isDirty: boolean;
  begin: (next: Beginning, isTyped: boolean, isMounted: boolean) => void;
}) {
  const { form: name, of = 'new' } = draft;
  // What is typed on the company's pages is kept where the company's own things are.
  const address = usePathname().startsWith(PLATFORM.overview) ? paths.platformDrafts : paths.drafts;
  const query = new URLSearchParams({ form: name, of }).toString();
  const [offer, setOffer] = useState<Draft | null>(null);
  const kept = useRef<Fields | null>(null);
  const isStored = useRef(false);
  const underWay = useRef<Promise<unknown> | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const since = useRef(0);
  const now = useRef({ begun, offer });
  useEffect(() => {
    now.current = { begun, offer };
  });

  const isKeptIn = useCallback(
    (element: HTMLFormElement) => kept.current !== null && isSame(kept.current, valuesOf(element)),
    [],
  );
  const keepFrom = useCallback(
    async (element: HTMLFormElement) => {
      // A draft that is offered still is not overwritten by one that has only begun.
      if (now.current.offer) return false;
      if (isKeptIn(element)) return true;
      const fields = valuesOf(element);
      const { base, version } = now.current.begun;
      const body = JSON.stringify({ form: name, of, fields, base: base ?? {}, version });
      const sending = fetch(address, {
        method: 'PUT',
        body,
        headers: { 'content-type': 'application/json' },
        keepalive: body.length < MAX_KEEPALIVE,
      }).catch(() => null);
      underWay.current = sending;
      const answer = await sending;
      if (!answer?.ok) return false;
      kept.current = fields;
      isStored.current = true;
      return isKeptIn(element);
    },
    [isKeptIn, name, of, address],
  );
  const isKept = useCallback(() => !form.current || isKeptIn(form.current), [form, isKeptIn]);
  const keep = useCallback(async () => (form.current ? keepFrom(form.current) : true), [form, keepFrom]);

  useEffect(() => {
    const controller = new AbortController();
    Promise.resolve(forgetting.get(query))
      .then(() => fetch(`${address}?${query}`, { signal: controller.signal }))
      .then(async (answer): Promise<{ draft?: Draft | null }> => (answer.ok ? answer.json() : {}))
      .then(({ draft: found }) => {
        const element = form.current;
        if (!found || !element) return;
        isStored.current = true;
        if (!isSame(found.fields, valuesOf(element))) setOffer(found);
      })
      .catch(() => undefined);
    return () => controller.abort();
  }, [address, query, form]);

  useEffect(() => {
    const element = form.current;
    if (!element || !isDirty) return;
    const attempt = () => {
      timer.current = undefined;
      since.current = 0;
      void keepFrom(element).then((isThere) => {
        if (!isThere && !now.current.offer && element.isConnected)
          timer.current ??= setTimeout(attempt, LATEST_MS);
      });
    };
    const typed = () => {
      since.current ||= Date.now();
      clearTimeout(timer.current);
      const rest = Math.min(REST_MS, Math.max(0, since.current + LATEST_MS - Date.now()));
      timer.current = setTimeout(attempt, rest);
    };
    typed();
    element.addEventListener('input', typed);
    return () => {
      element.removeEventListener('input', typed);
      if (!timer.current) return;
      // The form goes away with something typed in the last second, as when a dialog closes.
      clearTimeout(timer.current);
      attempt();
    };
  }, [form, isDirty, keepFrom]);

  const forget = useCallback(async () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const isThere = isStored.current || underWay.current;
    kept.current = null;
    isStored.current = false;
    if (!isThere) return;
    // One that is under way would arrive afterwards and stay.
    const gone = Promise.resolve(underWay.current)
      .then(() => fetch(`${address}?${query}`, { method: 'DELETE', keepalive: true }))
      .catch(() => null);
    forgetting.set(query, gone);
    await gone;
    if (forgetting.get(query) === gone) forgetting.delete(query);
  }, [address, query]);
  useImperativeHandle(ref, () => ({ isKept, keep, forget: () => void forget() }), [isKept, keep, forget]);

  if (!offer) return null;
  const restore = () => {
    kept.current = offer.fields;
    const version = begun.version === undefined ? undefined : (offer.version ?? begun.version);
    begin({ values: offer.fields, base: offer.base, version }, true, false);
    setOffer(null);
  };
  const discard = () => {
    setOffer(null);
    void forget();
  };
  return (
    // It comes after the page: above the fields it would push them from under the finger that is on one.
    <div className="sticky bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-20 order-last rounded-lg bg-surface-raised shadow-overlay lg:bottom-4">
      <Alert
        live
        title={`You typed this on ${offer.savedAt} and did not save it.`}
        action={
          <span className="flex justify-end gap-2 max-sm:flex-col">
            <Button size="sm" onClick={discard}>
              Discard
            </Button>
            <Button size="sm" variant="primary" onClick={restore}>
              Restore
            </Button>
          </span>
        }
      >
        {previewOf(offer.fields, offer.base)}
      </Alert>
    </div>
  );
}
