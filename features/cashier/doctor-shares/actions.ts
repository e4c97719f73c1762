'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { addShareRuleInput, endShareRuleInput } from './schema';
import { addShareRule, endShareRule } from './service';

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.doctorShares);
  return result;
}

export const addShareRuleAction = staffAction({
  permission: 'prices:write',
  input: addShareRuleInput,
  audit: 'share-rule.add',
  run: (ctx, input) => refreshed(addShareRule(ctx, input)),
  message: ({ doctorName }) => `The share of ${doctorName} is saved.`,
});

export const endShareRuleAction = staffAction({
  permission: 'prices:write',
  input: endShareRuleInput,
  audit: 'share-rule.end',
  target: ({ ruleId }) => `share-rule:${ruleId}`,
  run: (ctx, { ruleId }) => refreshed(endShareRule(ctx, ruleId)),
  message: 'The rule ends today.',
});
