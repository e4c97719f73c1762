'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { billEstimateInput, issueEstimateInput, withdrawEstimateInput } from './schema';
import { billEstimate, issueEstimate, withdrawEstimate } from './service';

export const issueEstimateAction = staffAction({
  permission: 'bills:write',
  input: issueEstimateInput,
  audit: 'estimate.issue',
  run: async (ctx, input) => {
    const estimate = await issueEstimate(ctx, input);
    revalidatePath(paths.estimates);
    return estimate;
  },
  message: ({ number }) => `Estimate ${number} is written.`,
});

export const issueBillOfEstimateAction = staffAction({
  permission: 'bills:write',
  input: billEstimateInput,
  audit: 'bill.issue',
  run: async (ctx, input) => {
    const bill = await billEstimate(ctx, input);
    revalidatePath(paths.cashier);
    revalidatePath(paths.estimate(input.estimateId));
    revalidatePath(paths.patient(input.patientId));
    return bill;
  },
  message: ({ number }) => `Bill ${number} is issued.`,
});

export const withdrawEstimateAction = staffAction({
  permission: 'bills:write',
  input: withdrawEstimateInput,
  audit: 'estimate.withdraw',
  target: ({ estimateId }) => `estimate:${estimateId}`,
  run: async (ctx, input) => {
    const estimate = await withdrawEstimate(ctx, input);
    revalidatePath(paths.estimates);
    revalidatePath(paths.estimate(estimate.id));
    return estimate;
  },
  message: ({ number }) => `Estimate ${number} is withdrawn.`,
});
