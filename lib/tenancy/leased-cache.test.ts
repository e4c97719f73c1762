import { describe, expect, it, vi } from 'vitest';
import { LeasedCache } from './leased-cache';

type Thing = { id: number; closed: boolean; usable: boolean };

function setUp(max = 2, overflow: 'soft' | 'shed' = 'soft') {
  let opened = 0;
  const cache = new LeasedCache<Thing>({
    max,
    idleMs: 1_000,
    negativeMs: 5_000,
    drainMs: 30_000,
    overflow,
    dispose: (thing) => {
      thing.closed = true;
    },
    isUsable: (thing) => thing.usable,
  });
  const open = vi.fn(async (): Promise<Thing> => ({ id: ++opened, closed: false, usable: true }));
  return { cache, open };
}

describe('LeasedCache', () => {
  it('opens once for fifty simultaneous callers', async () => {
    const { cache, open } = setUp();
    const leases = await Promise.all(Array.from({ length: 50 }, () => cache.acquire('a', open)));
    expect(open).toHaveBeenCalledTimes(1);
    expect(new Set(leases.map(({ value }) => value.id)).size).toBe(1);
  });

  it('closes the least recently used idle entry to make room', async () => {
    const { cache, open } = setUp(2);
    const a = await cache.acquire('a', open);
    const b = await cache.acquire('b', open);
    a.release();
    b.release();
    (await cache.acquire('a', open)).release();
    await cache.acquire('c', open);
    expect(b.value.closed).toBe(true);
    expect(a.value.closed).toBe(false);
    expect(cache.size).toBe(2);
  });

  it('gives up the one that nobody has used for longest when asked to, and none that is in use', async () => {
    const { cache, open } = setUp(3);
    const busy = await cache.acquire('busy', open);
    const [old, fresh] = [await cache.acquire('old', open), await cache.acquire('fresh', open)];
    expect([cache.isFull, cache.hasIdle]).toEqual([true, false]);
    expect(cache.evictIdle()).toBe(false);
    old.release();
    fresh.release();
    expect(cache.hasIdle).toBe(true);
    expect(cache.evictIdle((value) => value === busy.value)).toBe(false);
    expect(cache.evictIdle()).toBe(true);
    expect([busy.value.closed, old.value.closed, fresh.value.closed]).toEqual([false, true, false]);
    expect(cache.isFull).toBe(false);
  });

  it('never closes what is in use, and gives way instead', async () => {
    const { cache, open } = setUp(1);
    const a = await cache.acquire('a', open);
    const b = await cache.acquire('b', open);
    expect(a.value.closed).toBe(false);
    expect(b.value.closed).toBe(false);
    expect(cache.size).toBe(2);
  });

  it('lets those at work finish after a drop, then closes', async () => {
    const { cache, open } = setUp();
    const first = await cache.acquire('a', open);
    cache.drop('a');
    expect(first.value.closed).toBe(false);
    const second = await cache.acquire('a', open);
    expect(second.value.id).not.toBe(first.value.id);
    first.release();
    first.release();
    expect(first.value.closed).toBe(true);
    expect(second.value.closed).toBe(false);
  });

  it('remembers a failure for a while instead of trying at once', async () => {
    const { cache } = setUp();
    const failing = vi.fn(async (): Promise<Thing> => {
      throw new Error('refused');
    });
    await expect(cache.acquire('a', failing)).rejects.toThrow('refused');
    await expect(cache.acquire('a', failing)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(failing).toHaveBeenCalledTimes(1);
    cache.sweep(Date.now() + 6_000);
    await expect(cache.acquire('a', failing)).rejects.toThrow('refused');
  });

  it('closes the idle after a time and keeps the busy', async () => {
    const { cache, open } = setUp();
    const idle = await cache.acquire('a', open);
    const busy = await cache.acquire('b', open);
    idle.release();
    cache.sweep(Date.now() + 2_000);
    expect(idle.value.closed).toBe(true);
    expect(busy.value.closed).toBe(false);
  });

  it('replaces an entry that can no longer be used', async () => {
    const { cache, open } = setUp();
    const lease = await cache.acquire('a', open);
    lease.value.usable = false;
    const fresh = await cache.acquire('a', open);
    expect(fresh.value.id).not.toBe(lease.value.id);
  });

  it('turns callers away at the bound when told to shed, and lets them in when there is room', async () => {
    const { cache, open } = setUp(1, 'shed');
    const a = await cache.acquire('a', open);
    await expect(cache.acquire('b', open)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(open).toHaveBeenCalledTimes(1);
    a.release();
    const b = await cache.acquire('b', open);
    expect(a.value.closed).toBe(true);
    expect(b.value.closed).toBe(false);
    expect(cache.counts).toMatchObject({ refused: 1, evicted: 1, opened: 2, overflowed: 0 });
  });

  it('counts what is being opened, so that a burst does not pass the bound', async () => {
    const { cache, open } = setUp(3, 'shed');
    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => cache.acquire(`burst-${index}`, open)),
    );
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(cache.size).toBe(3);
  });

  it('cuts who is still at work on a dropped entry when the drain time is over, and closes once', async () => {
    const { cache, open } = setUp();
    const lease = await cache.acquire('a', open);
    cache.drop('a');
    cache.sweep(Date.now() + 29_000);
    expect(lease.value.closed).toBe(false);
    expect(cache.leases).toBe(1);
    cache.sweep(Date.now() + 31_000);
    expect(lease.value.closed).toBe(true);
    lease.value.closed = false;
    lease.release();
    expect(lease.value.closed).toBe(false);
    expect(cache.counts.cut).toBe(1);
  });
});
