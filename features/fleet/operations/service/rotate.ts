import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { providerOf } from '@/lib/provisioning/registry';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import type { Placement } from '@/lib/tenancy/placement';
import { done, doneWith, failed, type Outcome } from '@/lib/work/outcome';
import { placementNow, placeNow, targetOf } from '../../placement/queries';
import { placeSchema } from '../../placement/schema';
import { openOtherWay } from '../../placement/service/open-way';
import { reserveUsername } from '../../placement/service/reserve';
import {
  type By,
  beginOperation,
  type How,
  type Operation,
  type OperationRun,
  type OperationStep,
  releaseHold,
} from './begin';

/** Another database user and password, while work goes on. */
export async function rotateCredential(by: By, organizationId: string, how: How = {}): Promise<string> {
  const from = await placeNow(organizationId);
  if (from.isolation === 'shared-user')
    throw new AppError('CONFLICT', 'The database user of a cell serves many organizations.');
  if (from.provider === 'external')
    throw new AppError('CONFLICT', 'Their owner gives us another credential under Settings, Database.');
  const username = await reserveUsername(organizationId);
  const other = await openOtherWay(await placementNow(organizationId), username);
  const data = { from, to: { ...from, username }, toConnectionString: other.sealedConnectionString };
  return beginOperation({ ...how, by, organizationId, kind: 'rotate', data, isExclusive: true });
}

const rotateFacts = z.object({
  from: placeSchema,
  to: placeSchema,
  toConnectionString: z.string().nullish(),
  switchedAt: z.coerce.date().optional(),
});
/** As long as the factory lets work go on with a handle that was dropped. */
const DRAIN_SECONDS = 30;

const withOther =
  (step: (run: OperationRun, other: Placement) => Promise<Outcome>): OperationStep =>
  async (run) => {
    const { to, toConnectionString } = rotateFacts.parse(run.facts);
    if (!toConnectionString) return failed('The new credential is not known any more');
    const { organizationId } = run;
    return step(run, { organizationId, ...to, sealedConnectionString: toConnectionString });
  };

export const rotate: Operation = {
  steps: {
    prepared: withOther(async (_run, other) =>
      (await providerOf(other.provider)).ensureUser(targetOf(other)),
    ),
    switched: withOther(async (run, { username, sealedConnectionString }) => {
      await organizationModel.updateOne(
        { _id: objectId(run.organizationId), 'hold.operationId': objectId(run.id) },
        {
          $set: {
            'placement.username': username,
            'placement.connectionString': sealedConnectionString,
          },
        },
      );
      forgetTenant(run.organizationId);
      await withTenantDatabase(run.organizationId, (db) => db.stats());
      return doneWith({ switchedAt: new Date() });
    }),
    drained: async (run) => {
      const { switchedAt = new Date() } = rotateFacts.parse(run.facts);
      const seconds = env().PLACEMENT_CACHE_SECONDS === 0 ? 0 : env().PLACEMENT_CACHE_SECONDS + DRAIN_SECONDS;
      await delay(Math.max(0, switchedAt.getTime() + seconds * 1_000 - Date.now()));
      return done;
    },
    dropped: async (run) => {
      const { from } = rotateFacts.parse(run.facts);
      const provider = await providerOf(from.provider);
      const dropped = await provider.dropUser?.({ organizationId: run.organizationId, ...from });
      if (dropped && dropped.outcome !== 'done') return dropped;
      await releaseHold(run.organizationId, run.id);
      return doneWith({ toConnectionString: null });
    },
  },
};
