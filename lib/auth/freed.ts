type Factors = { factorAddedAt?: Date | null; secondFactorSince?: Date | null };

/**
 * Whether an administrator freed the person of lost second factors in this organization, and no factor was
 * added since:
 * the password then opens this organization and no other, and the old factors open all others but this one.
 */
export function isFreed(
  membership: { factorsFrom?: Date | null } | null | undefined,
  user: Factors,
): boolean {
  const newest = user.factorAddedAt ?? user.secondFactorSince;
  return Boolean(membership?.factorsFrom && newest && newest < membership.factorsFrom);
}
