export * from '../../pharmacy/medicines/policy';
