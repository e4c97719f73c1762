export * from './end-link';
export * from './follow-link';
export * from './make-link';
export * from './receive-event';
export * from './remove-account';
export * from './send-link';
