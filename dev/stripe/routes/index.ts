import type { ApiRoute } from '../api';
import { accountRoutes } from './accounts';
import { balanceRoutes } from './balance';
import { billingRoutes } from './billing';
import { catalogRoutes } from './catalog';
import { chargeRoutes } from './charges';
import { checkoutRoutes } from './checkout';
import { clockRoutes } from './clocks';
import { controlRoutes } from './control';
import { couponRoutes } from './coupons';
import { creditNoteRoutes } from './credit-notes';
import { customerRoutes } from './customers';
import { deliveryRoutes } from './delivery';
import { disputeRoutes } from './disputes';
import { portalSessionRoutes } from './portal-sessions';
import { previewRoutes } from './preview';
import { scheduleRoutes } from './schedules';
import { subscriptionItemRoutes } from './subscription-items';
import { subscriptionRoutes } from './subscriptions';
import { taxIdRoutes } from './tax-ids';

/** The part of Stripe's API that is offered; the contract test walks it. */
export const stripeRoutes: readonly ApiRoute[] = [
  ...accountRoutes,
  ...customerRoutes,
  ...taxIdRoutes,
  ...balanceRoutes,
  ...catalogRoutes,
  ...checkoutRoutes,
  ...subscriptionRoutes,
  ...subscriptionItemRoutes,
  ...previewRoutes,
  ...billingRoutes,
  ...portalSessionRoutes,
  ...chargeRoutes,
  ...creditNoteRoutes,
  ...disputeRoutes,
  ...clockRoutes,
  ...couponRoutes,
  ...scheduleRoutes,
];

/** What tests and developers steer the emulator with; Stripe has nothing like it. */
export const steeringRoutes: readonly ApiRoute[] = [...controlRoutes, ...deliveryRoutes];

/** Finds the route of an address; at most one segment of a path is an id. */
export function matchRoute<R extends { method: string; path: string }>(
  routes: readonly R[],
  method: string,
  path: string,
): { route: R; id: string; second: string } | null {
  const parts = path.split('/');
  for (const route of routes) {
    const wanted = route.path.split('/');
    if (route.method !== method || wanted.length !== parts.length) continue;
    if (wanted.every((part, index) => part.startsWith(':') || part === parts[index])) {
      const at = (name: string) => {
        const index = wanted.indexOf(name);
        return index < 0 ? '' : (parts[index] ?? '');
      };
      return { route, id: at(':id'), second: at(':second') };
    }
  }
  return null;
}
