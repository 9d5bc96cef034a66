import { Component, type ReactNode } from 'react';
import { FoutPagina } from '../pages/FoutPagina';

/** Keeps one broken page from taking the whole application along. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { kapot: boolean }> {
  override state = { kapot: false };

  static getDerivedStateFromError() {
    return { kapot: true };
  }

  override render() {
    return this.state.kapot ? <FoutPagina opnieuw={() => window.location.reload()} /> : this.props.children;
  }
}
