import 'server-only';
import { randomBytes } from 'node:crypto';
import { duplicateKey } from '../errors';
import { organizationKeyModel } from '../master/models/organization-key';
import { objectId } from '../mongo';
import { seal, wrappingKey } from './cipher';

/** Makes the organization's first data key unless it has one. The key itself is stored only wrapped. */
export async function ensureOrganizationKey(organizationId: string): Promise<void> {
  const keys = await organizationKeyModel();
  const id = objectId(organizationId, 'organization');
  if (await keys.exists({ organizationId: id, version: 1 })) return;
  const wrapped = seal(wrappingKey(), `${organizationId}|organization_keys|1`, randomBytes(32));
  try {
    await keys.create({ organizationId: id, version: 1, wrapped });
  } catch (error) {
    // Another worker was a moment earlier; its key is the key.
    if (!duplicateKey(error)) throw error;
  }
}
