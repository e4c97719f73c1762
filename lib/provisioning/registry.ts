import 'server-only';
import type { ProviderName } from '../master/vocabulary';
import type { Provider } from './provider';
import { selfHosted } from './providers/self-hosted';

/** The provider of a placement. Vendors' libraries are loaded when first asked for: most processes never need them. */
export async function providerOf(name: ProviderName): Promise<Provider> {
  switch (name) {
    case 'self-hosted':
      return selfHosted;
    case 'atlas':
      return (await import('./providers/atlas')).atlasProvider;
    case 'external':
      return (await import('./providers/external')).externalProvider;
    default:
      throw new Error(`There is no provider ${name}`);
  }
}
