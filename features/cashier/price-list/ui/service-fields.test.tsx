import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { FormContext } from '@/components/forms/form-context';
import { PriceFields } from './service-fields';

const context = {
  ...{ formId: 'price', hasTyped: () => false },
  ...{
    errorFor: () => undefined,
    valueFor: () => undefined,
    restored: undefined,
    registerLabel: () => () => {},
    registerProblem: () => () => {},
  },
};
const box = (price?: { amount: string; isInclusive: boolean }): string => {
  const shown = renderToStaticMarkup(
    <FormContext value={context}>
      <PriceFields symbol="INR" {...(price ? { price } : {})} />
    </FormContext>,
  );
  return /<input[^>]*name="isInclusive"[^>]*>/.exec(shown)?.[0] ?? '';
};

it('begins a new price as the one before it: with its tax in it, where that one had it', () => {
  expect(box({ amount: '999.00', isInclusive: true })).toContain('checked');
  expect(box({ amount: '999.00', isInclusive: false })).not.toContain('checked');
  expect(box()).not.toContain('checked');
});
