import 'server-only';
import { measureCells } from '@/lib/provisioning/cells';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { fillPool } from './pool';
import { provisionOrganization } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'organization.provision': NoPayload;
    'cells.measure': NoPayload;
    'databases.prepare': NoPayload;
  }
}

export const provisioningWork = [
  defineWork({
    name: 'organization.provision',
    steps: { provisioned: ({ key, fence }) => provisionOrganization(key, fence) },
  }),
  defineWork({
    name: 'cells.measure',
    every: { minutes: 10 },
    steps: { measured: () => measureCells().then(() => done) },
  }),
  defineWork({
    name: 'databases.prepare',
    every: { minutes: 5 },
    steps: { filled: () => fillPool().then(() => done) },
  }),
];
