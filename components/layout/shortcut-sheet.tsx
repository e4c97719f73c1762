'use client';

import { useState } from 'react';
import { Switch } from '../ui/checkbox';
import { Dialog, DialogContent } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import type { NavigationItem } from './navigation';
import { areSingleKeysOn, GO_TO, SHORTCUTS, type Shortcut, setSingleKeys } from './shortcuts';

/** The keys that do something, in a sheet above the page. */
export function ShortcutSheet({ pages, onClose }: { pages: readonly NavigationItem[]; onClose: () => void }) {
  const [isOn, setOn] = useState(areSingleKeysOn);
  const places = pages.flatMap(({ icon, label }): Shortcut[] => {
    const letter = GO_TO[icon];
    return letter ? [{ keys: ['G', letter.toUpperCase()], does: label, isSequence: true }] : [];
  });
  const groups = [...SHORTCUTS, { heading: 'Go to a page', shortcuts: places }];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Keyboard shortcuts" className="max-w-2xl">
        <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
          {groups.map(({ heading, shortcuts }) => (
            <section key={heading}>
              <h3 className="mb-2 font-semibold text-sm">{heading}</h3>
              <dl className="grid gap-1.5">
                {shortcuts.map(({ keys, does, isSequence }) => (
                  <div key={does} className="flex items-baseline justify-between gap-4">
                    <dt className="text-text-muted">{does}</dt>
                    <dd className="flex shrink-0 items-center gap-1">
                      {keys.map((key, index) => (
                        <span key={key} className="flex items-center gap-1">
                          {index > 0 && isSequence ? (
                            <span className="text-text-subtle text-xs">then</span>
                          ) : null}
                          <Kbd>{key}</Kbd>
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
          <div className="self-end">
            <Switch
              label="Keys without Ctrl"
              help="Off, only keys pressed together with Ctrl do something, in this browser."
              checked={isOn}
              onChange={({ target }) => {
                setSingleKeys(target.checked);
                setOn(target.checked);
              }}
            />
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}
