import { afterAll, expect, it } from 'vitest';
import { closeMaster } from '../master/connection';
import { inPdfTurn } from './turn';

afterAll(closeMaster);

it('one report of an organization is made at a time, three wait, and others do not wait for them', async () => {
  const made: string[] = [];
  let running = 0;
  let most = 0;
  const release: (() => void)[] = [];
  const make = (name: string) => async () => {
    running++;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => release.push(resolve));
    running--;
    made.push(name);
    return name;
  };
  const asked = ['1', '2', '3', '4', '5', '6'].map((name) => inPdfTurn('a', make(name)));
  const outcomes = Promise.allSettled(asked);
  let refusals = 0;
  for (const one of asked) one.catch(() => refusals++);
  await expect.poll(() => running).toBe(1);
  const other = inPdfTurn('b', make('other'));
  await expect.poll(() => running).toBe(2);
  expect(most).toBe(2);
  // All six have asked before the first is done.
  await expect.poll(() => refusals).toBe(2);
  const timer = setInterval(() => release.shift()?.(), 5);
  expect(await other).toBe('other');
  const all = await outcomes;
  clearInterval(timer);
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused).toHaveLength(2);
  for (const reason of refused)
    expect(reason).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 5 });
  expect(most).toBe(2);
  const again = inPdfTurn('a', async () => 'again');
  expect(await again).toBe('again');
});
