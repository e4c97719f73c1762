import { expect, it } from 'vitest';
import { again, needsOperator } from '../work/outcome';
import { answerOf } from './answer';
import { NeedsOperator, NotReadyYet } from './provider';

it('a vendor that is at work, or that needs a person, is answered with a value', async () => {
  const before = Date.now();
  const later = await answerOf(async () => {
    throw new NotReadyYet('The cluster is being made', 30_000);
  });
  expect(later).toEqual(again(expect.any(Date), 'The cluster is being made'));
  const wait = later.outcome === 'again' ? later.at.getTime() - before : 0;
  expect(wait).toBeGreaterThanOrEqual(30_000);
  expect(wait).toBeLessThan(60_000);
  const stuck = await answerOf(async () => {
    throw new NeedsOperator('Nobody pays');
  });
  expect(stuck).toEqual(needsOperator('Nobody pays'));
});

it('an answer is handed on, and a bug is no answer', async () => {
  expect(await answerOf(async () => 7)).toEqual({ outcome: 'done', value: 7 });
  const broken = answerOf(async () => {
    throw new Error('a bug');
  });
  await expect(broken).rejects.toThrow('a bug');
});
