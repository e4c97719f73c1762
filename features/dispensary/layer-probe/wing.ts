export * from '../../insight/audit/policy';
