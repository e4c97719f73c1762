export * from './issue-bill';
