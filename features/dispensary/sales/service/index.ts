import 'server-only';

export * from './attach-paper';
export * from './sell';
