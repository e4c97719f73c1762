export * from './day';
export * from './figures';
export * from './rows';
