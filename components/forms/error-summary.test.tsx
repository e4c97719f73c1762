import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { ErrorSummary } from './error-summary';

const shown = (problems: Record<string, string>) =>
  renderToStaticMarkup(
    <ErrorSummary
      ref={null}
      state={{ status: 'invalid', fieldErrors: { parts: ['Write at most 99.'] }, values: {} }}
      formId="f"
      labels={{ parts: 'How many' }}
      problems={problems}
      onReload={() => undefined}
    />,
  );

it('says of a field what the field says of itself', () => {
  expect(shown({})).toContain('How many: Write at most 99.');
  const nearer = shown({ parts: 'There are 12 in this lot.' });
  expect(nearer).toContain('How many: There are 12 in this lot.');
  expect(nearer).not.toContain('Write at most 99.');
});
