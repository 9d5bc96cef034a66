import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { useGerechtelijk } from '../lib/kant';
import { t } from '../messages.nl';

let eersteBezoek = true;

/** The heading of a page: sets the title of the window, and takes the focus when the user came here by a link. */
export function PaginaTitel({ titel, children }: { titel: string; children?: ReactNode }) {
  const kop = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const gerechtelijk = useGerechtelijk();
  useEffect(() => {
    if (!eersteBezoek) kop.current?.focus();
    eersteBezoek = false;
  }, [pathname]);
  return (
    <>
      <title>{`${titel} – ${gerechtelijk ? t.wi.kort : t.app.kort}`}</title>
      <h1 className="paginatitel" tabIndex={-1} ref={kop}>
        {children ?? titel}
      </h1>
    </>
  );
}
