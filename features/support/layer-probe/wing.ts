export * from '../../fleet/usage/policy';
