export * from './prices';
export * from './services';
