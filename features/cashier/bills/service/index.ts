export * from './charge-visit';
export * from './issue-bill';
