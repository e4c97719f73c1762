import { expect, it } from 'vitest';
import { auditQuery } from './schema';

it.each(['2026-99-99', '2026-02-30', '0000-00-00', '9999-12-31', 'today', ''])(
  'takes %j for no day',
  (from) => {
    expect(auditQuery.parse({ from, to: from })).toMatchObject({ from: undefined, to: undefined });
  },
);

it('takes a day of the calendar', () => {
  expect(auditQuery.parse({ from: '2028-02-29' }).from).toBe('2028-02-29');
});
