import type { ComponentProps } from 'react';
import { paths } from '@/lib/paths';
import { LoginForm } from './login-form';

type LoginProps = Omit<ComponentProps<typeof LoginForm>, 'addresses' | 'home'> & { home?: string };

/** The form that signs in, with where it leads. */
export const Login = ({ home = paths.login, ...props }: LoginProps) => (
  <LoginForm
    {...props}
    home={home}
    addresses={{
      credentials: paths.credentials,
      today: paths.today,
      company: paths.platform,
      pay: paths.pay(''),
      resume: paths.signupResume(''),
    }}
  />
);
