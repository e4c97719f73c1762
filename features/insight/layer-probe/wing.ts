export * from '../../support/tickets/policy';
