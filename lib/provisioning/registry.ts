import 'server-only';
import { env } from '../env';
import { PROVIDERS, type ProviderName } from '../master/vocabulary';
import { type AskedProvider, asked } from './answer';
import type { Provider } from './provider';
import { selfHosted } from './providers/self-hosted';

/** The vendors that this installation has an account with. */
const ACCOUNTS: Partial<Record<ProviderName, () => boolean>> = {
  atlas: () => Boolean(env().ATLAS_CLIENT_ID),
  'aws-documentdb': () => Boolean(env().AWS_DOCUMENTDB_REGION),
  'azure-documentdb': () => Boolean(env().AZURE_DOCUMENTDB_SUBSCRIPTION),
};

/** Where an organization can be given a cluster of its own. */
export const vendorsAtHand = (): readonly ProviderName[] => PROVIDERS.filter((name) => ACCOUNTS[name]?.());

/** The provider of a placement, which answers with values while a vendor is at work. */
export const providerOf = async (name: ProviderName): Promise<AskedProvider> => asked(await load(name));

/** Vendors' libraries are loaded when first asked for: most processes never need them. */
async function load(name: ProviderName): Promise<Provider> {
  switch (name) {
    case 'self-hosted':
      return selfHosted;
    case 'atlas':
      return (await import('./providers/atlas')).atlasProvider;
    case 'aws-documentdb':
      return (await import('./providers/aws-documentdb')).awsDocumentDb;
    case 'azure-documentdb':
      return (await import('./providers/azure-documentdb')).azureDocumentDb;
    case 'external':
      return (await import('./providers/external')).externalProvider;
  }
}
