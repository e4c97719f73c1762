export * from './add-charges';
export * from './bill-charges';
export * from './set-charge-aside';
export * from './void-charges';
