import { type ReactNode, useId } from 'react';

interface Props {
  titel: string;
  /** Shown beside the heading; 0 shows `leeg` instead of the content. */
  aantal?: number;
  leeg?: string;
  niveau?: 2 | 3;
  children: ReactNode;
}

/** A titled part of a page. */
export function Sectie({ titel, aantal, leeg, niveau = 2, children }: Props) {
  const id = useId();
  const Kop = niveau === 2 ? 'h2' : 'h3';
  return (
    <section className={`sectie sectie--${niveau}`} aria-labelledby={id}>
      <Kop id={id} className="sectie__titel">
        {titel} {aantal !== undefined && <span className="tab__aantal">{aantal}</span>}
      </Kop>
      {aantal === 0 && leeg ? <p className="sectie__leeg">{leeg}</p> : children}
    </section>
  );
}
