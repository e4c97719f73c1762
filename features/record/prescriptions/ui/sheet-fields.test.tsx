import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import { FormContext, type FormContextValue, FormProgress } from '@/components/forms/form-context';
import type { Fields } from '@/lib/forms';
import { NOTHING_KNOWN } from '../safety';
import { SheetFields } from './sheet-fields';

vi.mock('next/navigation', () => ({ useRouter: () => ({}) }));

const nothing = { last: null, now: [], sets: [], facts: NOTHING_KNOWN };
const shown = (restored?: Fields) => {
  const context: FormContextValue = {
    ...{ formId: 'f', restored, hasTyped: () => false },
    errorFor: () => undefined,
    valueFor: (name) => {
      const value = restored?.[name];
      return typeof value === 'string' ? value : undefined;
    },
    registerLabel: () => () => undefined,
    registerProblem: () => () => undefined,
  };
  return renderToStaticMarkup(
    <FormContext value={context}>
      <FormProgress value={{ state: { status: 'idle' }, isPending: false }}>
        <SheetFields today="2026-11-29" prescription={null} {...nothing} />
      </FormProgress>
    </FormContext>,
  );
};
const line = {
  ...{ id: '1', name: 'Atropine', strength: '0.01 %', form: 'drop', unit: 'bottle', site: 'right' },
  ...{ steps: [{ quarters: 4, frequency: 'night', days: 30 }], quantity: 2, isSubstitutionAllowed: true },
};

describe('a sheet that was typed and not saved', () => {
  it('comes back with its lines, what is stopped, and the line that was half typed', () => {
    const stop = { prescriptionId: 'a', lineId: '2', name: 'Timolol', reason: '' };
    const sheet = JSON.stringify({ lines: [line], stops: [stop], overrides: [] });
    const page = shown({ sheet, entry: 'moxi 0.5 r' });
    expect(page).toContain('aria-label="Atropine 0.01 %"');
    expect(page).toContain('value="moxi 0.5 r"');
    expect(page).toContain(
      'data-shown="Atropine 0.01 %, 1 drop in the right eye at bedtime for 1 month; stop Timolol"',
    );
    // As it was, so that nothing seems to have been typed.
    expect(page).toContain(`value="${sheet.replaceAll('"', '&quot;')}"`);
  });

  it('begins with what is stored where nothing was brought back, or it cannot be read', () => {
    expect(shown()).not.toContain('Prescribed');
    expect(shown({ sheet: '{"lines":' })).not.toContain('Prescribed');
  });
});
