import { describeProvider } from '@/tests/assertions/provider-conformance';
import { closeProvisioner, selfHosted } from './self-hosted';

describeProvider('self-hosted', { provider: async () => selfHosted, dispose: closeProvisioner });
