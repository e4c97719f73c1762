export { cookies } from 'next/headers';
