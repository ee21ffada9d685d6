import { Component, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { Failure } from '../Failure';

/** Keeps the shell when a screen falls over; the next address starts afresh. */
export function ScreenFailed({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return <Boundary key={pathname.split('/')[1]}>{children}</Boundary>;
}

class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Failure error={this.state.error} />;
  }
}
