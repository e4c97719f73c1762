export { attachPaper, removePaper } from './attach-paper';
export * from './open-claim';
export * from './post-claim';
export * from './request-authorization';
export * from './update-claim';
