import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { wakeQueue } from './wake';
import { watchQueue } from './watcher';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A queue that is read by hand. */
function someQueue() {
  let version = 1;
  const answers: (() => void)[] = [];
  const seen: number[] = [];
  const read = () => {
    const then = version;
    return new Promise<number>((resolve) => answers.push(() => resolve(then)));
  };
  const stop = watchQueue('aravali', (one) => seen.push(one), read);
  return {
    seen,
    stop,
    change: () => void version++,
    answer: async () => {
      answers.shift()?.();
      await vi.advanceTimersByTimeAsync(0);
    },
    asked: () => answers.length,
  };
}

it('shows a change of this process at once, and that of another within a second', async () => {
  const queue = someQueue();
  await queue.answer();
  expect(queue.seen).toEqual([1]);
  queue.change();
  await vi.advanceTimersByTimeAsync(10);
  expect(queue.asked()).toBe(0);
  wakeQueue('aravali');
  await queue.answer();
  expect(queue.seen).toEqual([1, 2]);
  queue.change();
  await vi.advanceTimersByTimeAsync(1_000);
  await queue.answer();
  expect(queue.seen).toEqual([1, 2, 3]);
  queue.stop();
});

it('looks again where a look was under way, and not at all once nobody watches', async () => {
  const queue = someQueue();
  queue.change();
  wakeQueue('aravali');
  await queue.answer();
  expect(queue.seen).toEqual([1]);
  await queue.answer();
  expect(queue.seen).toEqual([1, 2]);
  queue.stop();
  wakeQueue('aravali');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(queue.asked()).toBe(0);
});
