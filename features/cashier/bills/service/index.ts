export * from './assign-share';
export * from './billed-by-hand';
export * from './charge-visit';
export * from './issue-bill';
export * from './write-bill';
