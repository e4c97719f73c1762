export * from './open-claim';
export * from './post-claim';
export * from './request-authorization';
export * from './update-claim';
