'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { paths } from '@/lib/paths';
import { addContactInput, removeContactInput, saveContactInput } from './schema';
import { addContact, removeContact, saveContact } from './service';

export const addContactAction = platformAction({
  permission: 'customer-notes:write',
  input: addContactInput,
  audit: 'customer-contact.add',
  target: ({ organizationId }) => `organization:${organizationId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, input) => {
    await addContact(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { ok: true };
  },
  message: 'The contact is kept.',
});

export const saveContactAction = platformAction({
  permission: 'customer-notes:write',
  input: saveContactInput,
  audit: 'customer-contact.change',
  target: ({ contactId }) => `contact:${contactId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, input) => {
    await saveContact(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { ok: true };
  },
  message: 'The contact is changed.',
});

export const removeContactAction = platformAction({
  permission: 'customer-notes:write',
  input: removeContactInput,
  audit: 'customer-contact.remove',
  target: ({ contactId }) => `contact:${contactId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, input) => {
    await removeContact(ctx, input);
    revalidatePath(paths.platformOrganization(input.organizationId));
    return { ok: true };
  },
  message: 'The contact is removed.',
});
