'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import type { ControlProps } from './control';
import { Spinner } from './spinner';

export type ComboboxOption = {
  value: string;
  label: string;
  description?: ReactNode;
  /** What the box says once it is chosen, where the label alone could be somebody else's. */
  chosen?: string;
};

const wordsOf = (option: ComboboxOption | null): string => option?.chosen ?? option?.label ?? '';

export type ComboboxProps = Partial<ControlProps> & {
  /** The chosen value is posted under this name by a hidden field. */
  name: string;
  /** Asked after each pause in typing; the signal is aborted when the answer is no longer wanted. */
  loadOptions: (words: string, signal: AbortSignal) => Promise<ComboboxOption[]>;
  defaultOption?: ComboboxOption | null;
  onSelect?: (option: ComboboxOption | null) => void;
  placeholder?: string;
  emptyText?: ReactNode;
  autoFocus?: boolean;
  disabled?: boolean;
};

const DELAY_MS = 180;

/** A text box that proposes: type, arrow keys, Enter. Follows the ARIA combobox pattern with a list below. */
export function Combobox({
  name,
  loadOptions,
  defaultOption = null,
  onSelect,
  placeholder,
  emptyText = 'Nothing found',
  autoFocus = false,
  disabled = false,
  id,
  required,
  ...described
}: ComboboxProps) {
  const ownId = useId();
  const inputId = id ?? ownId;
  const listId = `${inputId}-list`;
  const [chosen, setChosen] = useState<ComboboxOption | null>(defaultOption);
  const [words, setWords] = useState(wordsOf(defaultOption));
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const { options, state, ask } = useOptions(loadOptions);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const hidden = useRef<HTMLInputElement>(null);

  const open = (query: string, immediately = false) => {
    setOpen(true);
    setActive(0);
    ask(query, immediately);
  };
  const choose = (option: ComboboxOption | null) => {
    setChosen(option);
    setWords(wordsOf(option));
    setOpen(false);
    // A hidden field fires nothing by itself; the form around watches for changes.
    if (hidden.current) {
      hidden.current.value = option?.value ?? '';
      hidden.current.dispatchEvent(new Event('input', { bubbles: true }));
    }
    onSelect?.(option);
  };
  const move = (to: number) => {
    if (options.length === 0) return;
    const next = (to + options.length) % options.length;
    setActive(next);
    list.current?.querySelector(`#${CSS.escape(`${listId}-${next}`)}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) open(chosen ? '' : words, true);
      else move(active + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      const option = options[active];
      if (option && state === 'ready') choose(option);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      setWords(wordsOf(chosen));
    }
  };

  return (
    <div className="relative">
      <input
        ref={hidden}
        type="hidden"
        name={name}
        value={chosen?.value ?? ''}
        // What people read for it: a draft brings back both.
        data-shown={chosen?.label ?? ''}
        readOnly
      />
      <input
        ref={input}
        id={inputId}
        role="combobox"
        type="text"
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the first field of a form, when the page says so
        autoFocus={autoFocus}
        disabled={disabled}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-required={required}
        {...(isOpen && state === 'ready' && options.length > 0
          ? { 'aria-activedescendant': `${listId}-${active}` }
          : {})}
        {...described}
        placeholder={placeholder}
        value={words}
        className="control control-line pr-9"
        onChange={(event) => {
          setWords(event.target.value);
          if (chosen) setChosen(null);
          open(event.target.value);
        }}
        onClick={() => {
          if (!isOpen) open(chosen ? '' : words, true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setOpen(false);
          setWords(wordsOf(chosen));
        }}
      />
      <span className="absolute inset-y-0 right-1.5 flex items-center">
        {isOpen && state === 'loading' ? (
          <Spinner className="mr-1.5 text-text-subtle" />
        ) : chosen && !disabled ? (
          <button
            type="button"
            aria-label="Clear"
            tabIndex={-1}
            className="grid size-7 place-items-center rounded-md text-text-subtle hover:bg-surface-hover hover:text-text"
            onClick={() => {
              choose(null);
              input.current?.focus();
            }}
          >
            <Icon of="x" className="size-4" />
          </button>
        ) : (
          <Icon of="chevrons-up-down" className="pointer-events-none mr-1.5 size-4 text-text-subtle" />
        )}
      </span>
      <div
        ref={list}
        hidden={!isOpen}
        className="absolute inset-x-0 top-full z-40 mt-1 max-h-72 overflow-y-auto rounded-lg border border-border bg-surface-raised p-1 shadow-overlay"
      >
        <div id={listId} role="listbox" aria-label={placeholder ?? 'Options'} aria-busy={state === 'loading'}>
          {options.map((option, index) => (
            // The focus stays in the text box; keys are handled there.
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div
              key={option.value}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={clsx(
                'flex min-h-9 cursor-default items-center gap-2 rounded-md px-2.5 py-1.5 max-sm:min-h-11',
                index === active && 'bg-surface-hover',
              )}
              // Pressing must not take the focus away from the box.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setActive(index)}
              onClick={() => choose(option)}
            >
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm text-text">{option.label}</span>
                {option.description ? (
                  <span className="block truncate text-[0.8125rem] text-text-subtle">
                    {option.description}
                  </span>
                ) : null}
              </span>
              {chosen?.value === option.value ? <Icon of="check" className="size-4 text-accent" /> : null}
            </div>
          ))}
        </div>
        {state === 'failed' ? (
          <p className="px-2.5 py-3 text-danger">The search did not answer. Type again to retry.</p>
        ) : state === 'ready' && options.length === 0 ? (
          <div className="px-2.5 py-3 text-text-muted">{emptyText}</div>
        ) : null}
      </div>
      <span aria-live="polite" className="sr-only">
        {isOpen && state === 'ready'
          ? `${options.length} ${options.length === 1 ? 'result' : 'results'}`
          : ''}
      </span>
    </div>
  );
}

/**
 * Asks after a pause; a later question aborts the earlier one, so that an old answer never overwrites a new
 * one.
 */
function useOptions(loadOptions: ComboboxProps['loadOptions']) {
  const [options, setOptions] = useState<ComboboxOption[]>([]);
  const [state, setState] = useState<'idle' | 'loading' | 'ready' | 'failed'>('idle');
  const current = useRef<{ abort: () => void } | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const ask = (words: string, immediately: boolean) => {
    current.current?.abort();
    const controller = new AbortController();
    const timer = setTimeout(
      async () => {
        try {
          const found = await loadOptions(words.trim(), controller.signal);
          if (controller.signal.aborted) return;
          setOptions(found);
          setState('ready');
        } catch {
          if (!controller.signal.aborted) setState('failed');
        }
      },
      immediately ? 0 : DELAY_MS,
    );
    current.current = {
      abort: () => {
        clearTimeout(timer);
        controller.abort();
      },
    };
    setState('loading');
  };
  return { options, state, ask };
}
