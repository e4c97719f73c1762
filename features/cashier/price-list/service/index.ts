export * from './import-services';
export * from './prices';
export * from './services';
export * from './set-package';
