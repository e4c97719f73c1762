import { randomUUID } from 'node:crypto';
import { RateLimiterMongo } from 'rate-limiter-flexible';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { failResponse } from '@/lib/actions/failure';
import { closeMaster } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { rateLimitModel } from '@/lib/master/models/rate-limit';
import { forgetEnvironment } from '@/tests/builders/environment';
import { clearPoints, countPoint, inWords, takePoint, tooMany } from './limiter';
import { LIMITS, pointsOf } from './registry';
import '@/server/master-models';

vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ get: () => undefined }),
}));

beforeAll(ensureMasterIndexes);
afterAll(closeMaster);

describe('a limit', () => {
  it('lets exactly its points through, also when all come at once', async () => {
    const key = randomUUID();
    const taken = await Promise.all(Array.from({ length: 25 }, () => countPoint('sign-in.account', key)));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(LIMITS['sign-in.account'].points);
    expect(taken.find(({ allowed }) => !allowed)?.retryAfterSeconds).toBeGreaterThan(800);
    await expect(takePoint('sign-in.account', key)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    await clearPoints('sign-in.account', key);
    expect(await countPoint('sign-in.account', key)).toMatchObject({ allowed: true, used: 1 });
  });

  it.each(['sign-in.account', 'platform-refusal.user'] as const)(
    '%s calls one refusal of its window the first',
    async (name) => {
      const key = randomUUID();
      const many = LIMITS[name].points + 5;
      const taken = await Promise.all(Array.from({ length: many }, () => countPoint(name, key)));
      expect(taken.filter(({ allowed, isRepeated }) => allowed && isRepeated)).toEqual([]);
      expect(taken.filter(({ allowed, isRepeated }) => !allowed && !isRepeated)).toHaveLength(1);
      await expect(takePoint(name, key)).rejects.toMatchObject({ isRepeated: true });
    },
  );

  it('by address is one for a /64 of IPv6, and by account looks at nothing but the text', async () => {
    const net = `2001:db8:${randomUUID().slice(0, 4)}:1`;
    const { used } = await countPoint('public.address', `${net}::1`);
    expect((await countPoint('public.address', `[${net.toUpperCase()}::2]:443`)).used).toBe(used + 1);
    expect((await countPoint('public.address', `${net.slice(0, -1)}2::1`)).used).toBe(1);
    await clearPoints('public.address', `${net}:a:b:c:d`);
    expect((await countPoint('public.address', `${net}::1`)).used).toBe(1);
    expect((await countPoint('sign-in.account', `${net}::1`)).used).toBe(1);
    expect((await countPoint('sign-in.account', `${net}::2`)).used).toBe(1);
  });

  it('refuses also when another copy of the library made it, and lets what is no refusal through as it is', async () => {
    const key = randomUUID();
    class RateLimiterRes {
      msBeforeNext = 5_000;
      consumedPoints = 11;
      remainingPoints = 0;
      isFirstInDuration = false;
    }
    const consume = vi.spyOn(RateLimiterMongo.prototype, 'consume');
    consume.mockRejectedValueOnce(new RateLimiterRes());
    expect(await countPoint('staff.user', key)).toMatchObject({ allowed: false, retryAfterSeconds: 5 });
    const bug = Object.assign(new Error('a bug'), { msBeforeNext: 1, consumedPoints: 1 });
    consume.mockRejectedValueOnce(bug);
    await expect(countPoint('staff.user', key)).rejects.toBe(bug);
    // An answer without a document: the row says what was counted, and a full one refuses.
    consume.mockRestore();
    for (let round = 0; round < LIMITS['sign-in.account'].points; round++)
      await countPoint('sign-in.account', key);
    const lost = vi.spyOn(RateLimiterMongo.prototype, 'consume');
    lost.mockImplementation(async function (this: RateLimiterMongo, id: string | number) {
      await this.reward(id, -1);
      throw new TypeError('null has no points');
    });
    expect((await countPoint('sign-in.account', key)).allowed).toBe(false);
    lost.mockRestore();
  });

  it('lets exactly as many through as it has, however many ask at once', async () => {
    for (let round = 0; round < 40; round++) {
      const key = randomUUID();
      await countPoint('second-factor.user', key);
      await clearPoints('second-factor.user', key);
      const taken = await Promise.all(
        Array.from({ length: 12 }, () => countPoint('second-factor.user', key)),
      );
      expect(taken.filter(({ allowed }) => allowed)).toHaveLength(LIMITS['second-factor.user'].points);
    }
  });

  it('is counted per key and keeps no address in the clear', async () => {
    const key = `203.0.113.${Math.floor(Math.random() * 250)}-${randomUUID()}`;
    for (let round = 0; round < 9; round++) await countPoint('second-factor.user', key);
    expect((await countPoint('second-factor.user', key)).allowed).toBe(false);
    expect((await countPoint('second-factor.user', `${key}x`)).allowed).toBe(true);
    const rows = JSON.stringify(await rateLimitModel.find().lean());
    expect(rows).not.toContain(key);
  });

  it('grows with the plan; what guards an account does not grow with anything', () => {
    expect(pointsOf('staff.organization', 'starter', 1)).toBe(1_500);
    expect(pointsOf('staff.organization', 'enterprise', 1)).toBe(30_000);
    expect(pointsOf('staff.organization', 'professional', 0.5)).toBe(3_000);
    expect(pointsOf('sign-in.account', undefined, 1_000)).toBe(10);
  });

  it('answers 429 with Retry-After and a sentence', async () => {
    const answer = await failResponse(tooMany(130));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '130']);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('in 3 minutes') });
    expect([inWords(1), inWords(40), inWords(7_200)]).toEqual(['in 1 second', 'in 40 seconds', 'in 2 hours']);
  });

  it('goes on counting in memory while the database is away', async () => {
    const uri = process.env.MONGODB_URI;
    await closeMaster();
    forgetEnvironment();
    process.env.MONGODB_URI = 'mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=100';
    const key = randomUUID();
    const taken = await Promise.all(Array.from({ length: 9 }, () => countPoint('second-factor.user', key)));
    process.env.MONGODB_URI = uri;
    forgetEnvironment();
    await closeMaster();
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(LIMITS['second-factor.user'].points);
  });
});

describe('a noisy organization', () => {
  it('uses up its own points and nobody else’s, and another’s sign-in stays quick', async () => {
    const [noisy, quiet] = [randomUUID(), randomUUID()];
    const time = async () => {
      const start = performance.now();
      await countPoint('sign-in.account', randomUUID());
      return performance.now() - start;
    };
    const median = (all: number[]) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
    const idle: number[] = [];
    for (let round = 0; round < 9; round++) idle.push(await time());
    let stop = false;
    const noise = (async () => {
      while (!stop)
        await Promise.all(Array.from({ length: 8 }, () => countPoint('second-factor.user', noisy)));
    })();
    const busy: number[] = [];
    for (let round = 0; round < 9; round++) busy.push(await time());
    stop = true;
    await noise;
    expect((await countPoint('second-factor.user', noisy)).allowed).toBe(false);
    expect((await countPoint('second-factor.user', quiet)).allowed).toBe(true);
    expect(median(busy)).toBeLessThan(Math.max(60, median(idle) * 30));
  });
});
