/**
 * What of Next a gate or an action calls when it runs outside a request; `vi.mock('next/cache', () =>
 * import(...))`.
 */
const nothing = (): undefined => undefined;

export const revalidatePath = nothing;
export const updateTag = nothing;
export const refresh = nothing;
export const after = nothing;
export const connection = async (): Promise<void> => undefined;

/** A jar that holds nothing and keeps nothing. */
export const noCookies = async () => ({ get: nothing, set: nothing, delete: nothing, getAll: () => [] });
