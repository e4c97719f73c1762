import { expect, it } from 'vitest';
import { isOwnCode, keysOfCalled, ownWords } from './policy';

it('knows a name again however it is spaced and set apart, and never takes a code for a name', () => {
  const of = (theirName: string, theirCode?: string) => keysOfCalled({ theirName, theirCode });
  expect(of('TIMOLET  E/D 0.5% (5ML)')).toEqual(of('timolet e-d 0.5% 5ml'));
  expect(of('Timolet 0.5%')).not.toEqual(of('Timolet 0.25%'));
  expect(of('टिमोलोल')).not.toEqual(of('टिमोलाल'));
  expect(of('4711')).not.toEqual(of('', '4711'));
  expect(of('Timolet', ' t 47 ')).toEqual(['#t47', 'timolet']);
  expect(of('--', ' ')).toEqual([]);
});

it('remembers what is the supplier’s own, not what is ours', () => {
  expect(ownWords({ theirName: 'TIMOLOL 0.5 %' }, 'Timolol 0.5 %')).toEqual({});
  expect(ownWords({ theirName: 'Timolet', theirCode: '12' }, 'Timolol 0.5 %')).toEqual({
    ...{ theirName: 'Timolet', theirCode: '12' },
  });
});

it('takes no number of a pack for a code of the supplier, also when it is cut off', () => {
  for (const code of ['SS-1042', '10 42', 'TIM/5']) expect(isOwnCode(code), code).toBe(true);
  for (const code of ['89012345', '8901234567890', '010890123456789017310', '0108901234567890X', ']d2', 'x'])
    expect(isOwnCode(code), code).toBe(false);
});
