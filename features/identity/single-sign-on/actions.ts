'use server';
import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { publicAction } from '@/lib/actions/public';
import { staffAction } from '@/lib/actions/staff';
import { ssoCookie } from '@/lib/auth/session-cookie';
import { paths } from '@/lib/paths';
import { findConnectionFor } from './queries';
import {
  connectionInput,
  discoverInput,
  domainInput,
  nothingInput,
  signInRulesInput,
  startInput,
} from './schema';
import { addDomain, removeDomain, verifyDomain } from './service/change-domains';
import { removeConnection, saveConnection, testConnection } from './service/save-connection';
import { saveSignInRules } from './service/save-sign-in-rules';
import { beginSingleSignOn } from './sign-in';

const changed = (): void => revalidatePath(paths.singleSignOn);

/** Whether addresses of this domain have a sign-in page of their own; nothing about people. */
export const discoverSingleSignOnAction = publicAction({
  input: discoverInput,
  audit: 'account.single-sign-on.discover',
  asksOnly: true,
  run: async ({ email }) => ({ isOffered: (await findConnectionFor(email)) !== null }),
});

export const startSingleSignOnAction = publicAction({
  input: startInput,
  audit: 'account.single-sign-on.start',
  run: async (input) => {
    const { url, state } = await beginSingleSignOn(input);
    const { name, options } = ssoCookie();
    (await cookies()).set(name, state, options);
    return { url };
  },
});

export const saveConnectionAction = staffAction({
  permission: 'single-sign-on:write',
  input: connectionInput,
  again: true,
  audit: 'organization.single-sign-on.connection',
  tellOwners: ({ issuer }, by) => ({
    subject: 'Single sign-on was changed',
    paragraphs: [`${by} set up single sign-on of your organization with ${new URL(issuer).host}.`],
  }),
  run: async (ctx, input) => {
    await saveConnection(ctx, input);
    changed();
  },
  message: 'Saved. Test the connection now.',
});

export const testConnectionAction = staffAction({
  permission: 'single-sign-on:write',
  input: nothingInput,
  audit: 'organization.single-sign-on.test',
  run: async (ctx) => {
    await testConnection(ctx);
    changed();
  },
  message: 'The connection works.',
});

export const removeConnectionAction = staffAction({
  permission: 'single-sign-on:write',
  input: nothingInput,
  again: true,
  audit: 'organization.single-sign-on.remove',
  tellOwners: (_input, by) => ({
    subject: 'Single sign-on was removed',
    paragraphs: [`${by} removed single sign-on of your organization.`],
  }),
  run: async (ctx) => {
    await removeConnection(ctx);
    changed();
  },
  message: 'Removed. People sign in with their passwords again.',
});

export const saveSignInRulesAction = staffAction({
  permission: 'single-sign-on:write',
  input: signInRulesInput,
  again: true,
  audit: 'organization.single-sign-on.rules',
  tellOwners: (_input, by) => ({
    subject: 'The rules of single sign-on were changed',
    paragraphs: [`${by} changed who may and who must sign in with single sign-on at your organization.`],
  }),
  run: async (ctx, input) => {
    await saveSignInRules(ctx, input);
    changed();
  },
  message: 'Saved.',
});

export const addDomainAction = staffAction({
  permission: 'single-sign-on:write',
  input: domainInput,
  audit: 'organization.domain.add',
  entryAfter: 'Of two presses at once, one finds it done.',
  target: ({ domain }) => `domain:${domain}`,
  run: async (ctx, { domain }) => {
    await addDomain(ctx, domain);
    changed();
  },
});

export const verifyDomainAction = staffAction({
  permission: 'single-sign-on:write',
  input: domainInput,
  again: true,
  audit: 'organization.domain.verify',
  tellOwners: ({ domain }, by) => ({
    subject: 'A domain was verified',
    paragraphs: [`${by} verified ${domain}: people with such addresses are led to your single sign-on.`],
  }),
  target: ({ domain }) => `domain:${domain}`,
  run: async (ctx, { domain }) => {
    await verifyDomain(ctx, domain);
    changed();
  },
  message: 'The domain is verified.',
});

export const removeDomainAction = staffAction({
  permission: 'single-sign-on:write',
  input: domainInput,
  again: true,
  audit: 'organization.domain.remove',
  tellOwners: ({ domain }, by) => ({
    subject: 'A domain was removed',
    paragraphs: [`${by} removed ${domain}: its addresses are no longer led to your single sign-on.`],
  }),
  target: ({ domain }) => `domain:${domain}`,
  run: async (ctx, { domain }) => {
    await removeDomain(ctx, domain);
    changed();
  },
  message: 'The domain is removed.',
});
