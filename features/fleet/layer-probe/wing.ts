export * from '../../platform/overview/policy';
