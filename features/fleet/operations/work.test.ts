import { expect, it } from 'vitest';
import { OPERATION_KINDS } from '@/lib/master/vocabulary';
import { OPERATION_STEPS } from './policy';
import { OPERATIONS } from './work';

it.each(OPERATION_KINDS)('the steps of a %s are taken in the order in which the pages show them', (kind) => {
  expect(Object.keys(OPERATIONS[kind].steps)).toEqual(OPERATION_STEPS[kind]);
});
