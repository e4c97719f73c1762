export { hashToken } from './crypto/cipher';
