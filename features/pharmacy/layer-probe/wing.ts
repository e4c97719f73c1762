export * from '../../record/examinations/policy';
