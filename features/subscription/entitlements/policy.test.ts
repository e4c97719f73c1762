import { describe, expect, it } from 'vitest';
import { featuresOf } from '@/features/subscription/billing/grants';
import { hasEntitlement, missingSentence, planWith } from './policy';
import { requireEntitlement } from './service';

const organization = {
  name: 'Test',
  timeZone: 'Asia/Kolkata',
  country: 'IN',
  plan: 'starter' as const,
  status: 'active',
};
const on = (plan: 'starter' | 'professional' | 'enterprise') => {
  const { maxUsers, maxStorage, enableAnalytics, enableReports } = featuresOf(plan);
  return {
    organization: { ...organization, features: { maxUsers, maxStorage, enableAnalytics, enableReports } },
  };
};

describe('what a plan includes', () => {
  it('is reports for everybody and analytics from Professional', () => {
    expect(
      ['starter', 'professional', 'enterprise'].map((plan) =>
        hasEntitlement(on(plan as 'starter'), 'analytics'),
      ),
    ).toEqual([false, true, true]);
    expect(hasEntitlement(on('starter'), 'reports')).toBe(true);
    expect(planWith('analytics')).toBe('professional');
    expect(planWith('reports')).toBe('starter');
  });

  it('is what was granted, not the name of the plan', () => {
    const agreed = {
      organization: {
        ...organization,
        features: { ...on('starter').organization.features, enableAnalytics: true },
      },
    };
    expect(() => requireEntitlement(agreed, 'analytics')).not.toThrow();
  });

  it('is single sign-on for Enterprise alone', () => {
    expect(hasEntitlement(on('enterprise'), 'single-sign-on')).toBe(false);
    const enterprise = { organization: { ...on('enterprise').organization, plan: 'enterprise' as const } };
    expect(hasEntitlement(enterprise, 'single-sign-on')).toBe(true);
    expect(missingSentence('single-sign-on')).toContain('Enterprise');
  });

  it('is refused with the plan that has it and who can change it', () => {
    expect(() => requireEntitlement(on('starter'), 'analytics')).toThrow(missingSentence('analytics'));
    expect(missingSentence('analytics')).toContain('Professional');
  });
});
