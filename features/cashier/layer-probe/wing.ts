export * from '../../frontdesk/queue/policy';
