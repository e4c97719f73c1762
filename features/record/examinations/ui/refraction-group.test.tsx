import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { FormContext, type FormContextValue } from '@/components/forms/form-context';
import type { Fields } from '@/lib/forms';
import { lensField } from '../fields';
import { NO_MEASUREMENTS } from '../policy';
import { RefractionGroup } from './refraction-group';

const stored = {
  ...NO_MEASUREMENTS,
  refractions: [
    { kind: 'auto' as const, right: { sphere: -4, cylinder: 0 } },
    { kind: 'subjective' as const, right: { sphere: -3, cylinder: 0 } },
  ],
};
const NOTHING_TYPED: FormContextValue = {
  ...{ formId: 'f', restored: undefined, hasTyped: () => false },
  errorFor: () => undefined,
  valueFor: () => undefined,
  registerLabel: () => () => undefined,
  registerProblem: () => () => undefined,
};
const setsIn = (restored?: Fields): string[] => {
  const context: FormContextValue = {
    ...{ formId: 'f', restored, hasTyped: () => false },
    errorFor: () => undefined,
    valueFor: (name) => (typeof restored?.[name] === 'string' ? String(restored[name]) : undefined),
    registerLabel: () => () => undefined,
    registerProblem: () => () => undefined,
  };
  const page = renderToStaticMarkup(
    <FormContext value={context}>
      <RefractionGroup measurements={stored} earlier={null} notation="metres" />
    </FormContext>,
  );
  return [...page.matchAll(/aria-label="Transpose ([^"]+)"/g)].map(([, name = '']) => name);
};

it('shows what is stored; of what was brought back, no set that had been removed', () => {
  expect(setsIn()).toEqual(['auto-refractor', 'subjective']);
  const typed = {
    [lensField('subjective', 'right', 'sphere')]: '',
    [lensField('own', 'right', 'sphere')]: '-1',
  };
  expect(setsIn(typed)).toEqual(['own glasses', 'subjective']);
});

it('opens prisms and distances where one of them is said, and has no boxes for them otherwise', () => {
  const page = (right: object) => {
    const refractions = [{ kind: 'subjective' as const, right: { sphere: -4, cylinder: 0, ...right } }];
    return renderToStaticMarkup(
      <FormContext value={NOTHING_TYPED}>
        <RefractionGroup
          measurements={{ ...NO_MEASUREMENTS, refractions }}
          earlier={null}
          notation="metres"
        />
      </FormContext>,
    );
  };
  expect(page({})).not.toContain(lensField('subjective', 'right', 'secondprism'));
  expect(page({ secondPrism: 8, secondBase: 'up' })).toContain(
    lensField('subjective', 'right', 'secondprism'),
  );
});
