import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FairShare } from './fair-share';

const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

describe('FairShare', () => {
  it('runs at most so many at a time, the others in the order they came', async () => {
    const share = new FairShare(2, 1_000);
    const gates = [gate(), gate(), gate(), gate()];
    const started: number[] = [];
    const runs = gates.map(({ opened }, index) =>
      share.run(async () => {
        started.push(index);
        await opened;
      }),
    );
    await delay(0);
    expect(started).toEqual([0, 1]);
    expect(share.waiting).toBe(2);
    gates[1]?.open();
    await runs[1];
    await delay(0);
    expect(started).toEqual([0, 1, 2]);
    for (const { open } of gates) open();
    await Promise.all(runs);
    expect(started).toEqual([0, 1, 2, 3]);
    expect(share.waiting).toBe(0);
  });

  it('gives the place back when the work fails', async () => {
    const share = new FairShare(1, 1_000);
    await expect(share.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(share.run(async () => 'yes')).resolves.toBe('yes');
  });

  it('turns away who has waited too long, and only that one', async () => {
    const share = new FairShare(1, 5);
    const { open, opened } = gate();
    const first = share.run(() => opened);
    await expect(share.run(async () => 'late')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(share.refused).toBe(1);
    open();
    await first;
    await expect(share.run(async () => 'next')).resolves.toBe('next');
  });

  it('does not wait for itself', async () => {
    const share = new FairShare(1, 50);
    await expect(share.run(() => share.run(async () => 'inner'))).resolves.toBe('inner');
  });
});
