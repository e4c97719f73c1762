import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { contactModel } from './model';
import { MOST_CONTACTS } from './queries';
import type { AddContactInput, RemoveContactInput, SaveContactInput } from './schema';

type Facts = { name: string } & Record<'position' | 'email' | 'phone', string | null>;
const FIELDS = ['name', 'position', 'email', 'phone'] as const;

const factsOf = ({
  name,
  position,
  email,
  phone,
}: { name: string } & Partial<Record<'position' | 'email' | 'phone', string | null | undefined>>): Facts => ({
  name,
  position: position ?? null,
  email: email ?? null,
  phone: phone ?? null,
});

/** @throws AppError NOT_FOUND for no such organization, LIMIT_REACHED for one with very many. */
export async function addContact(ctx: PlatformContext, input: AddContactInput): Promise<void> {
  const organizationId = objectId(input.organizationId, 'organization');
  if (!(await organizationModel.exists({ _id: organizationId }))) throw notFoundError('organization');
  const facts = factsOf(input);
  await auditedMasterWrite(ctx, async (session) => {
    if ((await contactModel.countDocuments({ organizationId }).session(session)) >= MOST_CONTACTS)
      throw new AppError('LIMIT_REACHED', 'Very many contacts are kept here. Remove one first.');
    await contactModel.create([{ ...facts, organizationId }], { session });
    noteChange(ctx, null, facts, FIELDS);
  });
}

const ownRow = (input: RemoveContactInput) => ({
  _id: objectId(input.contactId, 'contact'),
  organizationId: objectId(input.organizationId, 'organization'),
});

/** @throws AppError NOT_FOUND, CONFLICT when a colleague has changed it meanwhile. */
export async function saveContact(ctx: PlatformContext, input: SaveContactInput): Promise<void> {
  const facts = factsOf(input);
  const { version } = input;
  await auditedMasterWrite(ctx, async (session) => {
    const before = await contactModel.findOne(ownRow(input)).session(session).lean();
    if (!before) throw notFoundError('contact');
    if (before.version !== version)
      throw new AppError(
        'CONFLICT',
        'A colleague has changed this contact meanwhile. Open it again, then change it.',
      );
    await contactModel.updateOne(
      { ...ownRow(input), version },
      { $set: facts, $inc: { version: 1 } },
      { session },
    );
    noteChange(ctx, factsOf(before), facts, FIELDS);
  });
}

/** @throws AppError NOT_FOUND */
export async function removeContact(ctx: PlatformContext, input: RemoveContactInput): Promise<void> {
  await auditedMasterWrite(ctx, async (session) => {
    const before = await contactModel.findOneAndDelete(ownRow(input), { session }).lean();
    if (!before) throw notFoundError('contact');
    noteChange(ctx, factsOf(before), null, ['name']);
  });
}
