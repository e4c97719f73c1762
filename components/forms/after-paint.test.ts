import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterPaint } from './after-paint';

let frames: (() => void)[];
beforeEach(() => {
  frames = [];
  vi.useFakeTimers();
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Whether it has settled by now. */
async function watched(promise: Promise<void>): Promise<() => Promise<boolean>> {
  let isSettled = false;
  void promise.then(() => {
    isSettled = true;
  });
  return async () => {
    await Promise.resolve();
    return isSettled;
  };
}

describe('what a press starts', () => {
  it('waits for the frame that shows the press, and for that frame to be drawn', async () => {
    const isSettled = await watched(afterPaint());
    vi.advanceTimersByTime(50);
    expect(await isSettled()).toBe(false);
    for (const frame of frames) frame();
    expect(await isSettled()).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await isSettled()).toBe(true);
  });

  it('waits for no frame that never comes, and for none in a tab that nobody sees', async () => {
    const isSettled = await watched(afterPaint());
    vi.advanceTimersByTime(100);
    expect(await isSettled()).toBe(true);
    vi.stubGlobal('document', { hidden: true });
    const isHidden = await watched(afterPaint());
    expect(await isHidden()).toBe(true);
  });
});
