import { Outlet } from 'react-router';
import { Messages } from '@/kernel/i18n/Messages';
import signIn from './messages/sign-in.en.json';

/** Around everything, also the sign-in page: keep it small. */
export function Root() {
  return (
    <Messages add={signIn} locale="en">
      <Outlet />
    </Messages>
  );
}
