import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { env } from '@/lib/env';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { providerOf } from '@/lib/provisioning/registry';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { placeSchema, targetIn } from '../place';
import { type Kind, OperationFailed, type Run } from '../run';
import { releaseHold } from '../start';

export const rotateData = z.object({
  from: placeSchema,
  to: placeSchema,
  toConnectionString: z.string().nullish(),
  switchedAt: z.coerce.date().optional(),
});
/** As long as the factory lets work go on with a handle that was dropped. */
const DRAIN_SECONDS = 30;

function sealedOf(run: Run): string {
  const { toConnectionString } = rotateData.parse(run.data);
  if (!toConnectionString) throw new OperationFailed('The new credential is not known any more');
  return toConnectionString;
}

/** Another database user with another password takes the place of the old one, while work goes on. */
export const rotate: Kind = {
  steps: {
    prepared: async (run) => {
      const { to } = rotateData.parse(run.data);
      const provider = await providerOf(to.provider);
      await provider.ensureUser(targetIn(run.organizationId, to, sealedOf(run)));
      return undefined;
    },
    switched: async (run) => {
      const { to } = rotateData.parse(run.data);
      await (await organizationModel()).updateOne(
        { _id: objectId(run.organizationId), 'hold.operationId': objectId(run.id) },
        { $set: { 'placement.username': to.username, 'placement.connectionString': sealedOf(run) } },
      );
      forgetTenant(run.organizationId);
      await withTenantDatabase(run.organizationId, (db) => db.stats());
      return { switchedAt: new Date() };
    },
    drained: async (run) => {
      const { switchedAt = new Date() } = rotateData.parse(run.data);
      const seconds = env().PLACEMENT_CACHE_SECONDS === 0 ? 0 : env().PLACEMENT_CACHE_SECONDS + DRAIN_SECONDS;
      await delay(Math.max(0, switchedAt.getTime() + seconds * 1_000 - Date.now()));
      return undefined;
    },
    dropped: async (run) => {
      const { from } = rotateData.parse(run.data);
      const provider = await providerOf(from.provider);
      await provider.dropUser?.({ organizationId: run.organizationId, ...from });
      await releaseHold(run.organizationId, run.id);
      return { toConnectionString: null };
    },
  },
};
