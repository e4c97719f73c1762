import { Alert } from '@/components/ui/alert';

/** What of a report is not one branch's, said where one is chosen. */
export const OfAllBranches = () => (
  <Alert tone="info">
    Patients in all, recalls and what runs low are of all branches; everything else is of this one.
  </Alert>
);
