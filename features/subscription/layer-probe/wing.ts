export * from '../../identity/staff/policy';
