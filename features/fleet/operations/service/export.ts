import 'server-only';
import { z } from 'zod';
import { branchesOf } from '@/lib/branches';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { env } from '@/lib/env';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { doneWith } from '@/lib/work/outcome';
import { placementNow, withDatabaseAt } from '../../placement/queries';
import { type By, beginOperation, byOwner, type How, type Operation } from './begin';
import { writeExport } from './write-export';

const DAYS_OFFERED = 7;

/** Makes an archive of everything for the owner. @returns the operation's id. */
export const exportOrganization = (by: By, organizationId: string, how: How = {}): Promise<string> =>
  beginOperation({ ...how, by, organizationId, kind: 'export' });

export const exportOwn = (ctx: TenantContext): Promise<string> =>
  exportOrganization(byOwner(ctx), ctx.organizationId);

export const exportFacts = z.object({
  sizeBytes: z.number().optional(),
  documents: z.number().optional(),
  expiresAt: z.coerce.date().optional(),
  isRemoved: z.boolean().optional(),
});

/** Everything of an organization in formats that others read; sealed on our disk until it is fetched. */
export const exportEverything: Operation = {
  steps: {
    written: async (run) => {
      const placement = await placementNow(run.organizationId);
      const { organizationName: name, branches: rows } = await organization(run.organizationId);
      const whose = { name, branches: branchesOf(rows) };
      const figures = await withFieldCipher(run.organizationId, (cipher) =>
        withDatabaseAt(placement, (db) => writeExport(run, db, cipher, whose)),
      );
      return doneWith(figures);
    },
    offered: async (run) => {
      const { organizationName, ownerId } = await organization(run.organizationId);
      const owner = await userModel.findById(ownerId).select('name email').lean();
      if (owner)
        await enqueueMail(
          `export:${run.id}`,
          composeMail({
            to: owner.email,
            subject: `The export of ${organizationName} is ready`,
            name: owner.name,
            paragraphs: [
              `It can be fetched for ${DAYS_OFFERED} days by the owner, after signing in.`,
              'It holds patient records that are not encrypted any more once they are on your computer. Keep it safe.',
            ],
            button: { label: 'Fetch the export', url: `${env().NEXTAUTH_URL}${paths.closeAccount}` },
          }),
          { organizationId: run.organizationId },
        );
      return doneWith({ expiresAt: new Date(Date.now() + DAYS_OFFERED * 24 * 60 * 60_000) });
    },
  },
};

const organization = async (organizationId: string) =>
  organizationModel
    .findById(objectId(organizationId))
    .select('organizationName ownerId branches')
    .orFail()
    .lean();
