import { paths } from '@/lib/paths';

/** Where each plan leads. */
export const planHrefs = {
  starter: paths.signup('starter'),
  professional: paths.signup('professional'),
  enterprise: paths.signup('enterprise'),
};
