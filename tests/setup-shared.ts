import { env } from '@/lib/env';
import { closeMaster } from '@/lib/master/connection';

// The process has loaded the product for earlier files; each has a master database of its own all the same.
await closeMaster();
Object.assign(env(), { MASTER_DATABASE: process.env.MASTER_DATABASE });
