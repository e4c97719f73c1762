'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { coverageInput, saveCoverageInput } from './schema';
import { endCoverage, saveCoverage } from './service';

export const saveCoverageAction = staffAction({
  permission: 'bills:write',
  input: saveCoverageInput,
  audit: 'coverage.save',
  run: async (ctx, input) => {
    const coverage = await saveCoverage(ctx, input);
    revalidatePath(paths.patientPayers(coverage.patientId));
    return coverage;
  },
  message: ({ payerName }) => `The policy with ${payerName} is saved.`,
});

export const endCoverageAction = staffAction({
  permission: 'bills:write',
  input: coverageInput,
  audit: 'coverage.end',
  run: async (ctx, { coverageId }) => {
    const coverage = await endCoverage(ctx, coverageId);
    revalidatePath(paths.patientPayers(coverage.patientId));
    return coverage;
  },
  message: ({ payerName }) => `The policy with ${payerName} is ended.`,
});
