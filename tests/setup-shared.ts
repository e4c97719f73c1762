import { env } from '@/lib/env';
import { closeMaster } from '@/lib/master/connection';

// The process has loaded the product for earlier files; a master database of its own each file has all the same.
await closeMaster();
Object.assign(env(), { MASTER_DATABASE: process.env.MASTER_DATABASE });
