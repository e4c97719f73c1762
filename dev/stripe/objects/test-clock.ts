import type Stripe from 'stripe';
import { newId } from '../ids';

const DELETED_AFTER_SECONDS = 30 * 86_400;

/** A clock of its own for the customers bound to it. */
export const makeTestClock = (
  frozenTime: number,
  name: string | null,
  created: number,
): Stripe.TestHelpers.TestClock => ({
  id: newId('clock'),
  object: 'test_helpers.test_clock',
  created,
  deletes_after: created + DELETED_AFTER_SECONDS,
  frozen_time: frozenTime,
  livemode: false,
  name,
  status: 'ready',
  status_details: {},
});
