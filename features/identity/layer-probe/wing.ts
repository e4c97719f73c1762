export * from '../../patients/patients/policy';
