import type { DefaultSession } from 'next-auth';
import type { StaffRole } from '../master/vocabulary';

type Claims = { organizationId: string | null; role: StaffRole | 'company'; sessionId: string };

declare module 'next-auth' {
  interface User extends Claims {
    id: string;
    name: string;
    email: string;
  }
  interface Session extends DefaultSession {
    user: User;
  }
}

declare module 'next-auth/jwt' {
  interface JWT extends Partial<Claims> {}
}
