export * from '../../dispensary/dispenses/policy';
