export { logger } from '../../lib/logger';
