import type { ReactNode, Ref } from 'react';
import { Icoon, type IcoonNaam } from './Icoon';

const ICONEN = { fout: 'fout', waarschuwing: 'fout', succes: 'ok', info: 'info' } as const satisfies Record<
  string,
  IcoonNaam
>;

interface Props {
  soort: keyof typeof ICONEN;
  titel?: string;
  children?: ReactNode;
  /** status: told when there is a pause; alert: told at once. */
  rol?: 'status' | 'alert';
  ref?: Ref<HTMLDivElement>;
}

/** A coloured notice in the page. */
export function Bericht({ soort, titel, children, rol, ref }: Props) {
  return (
    <div className={`bericht bericht--${soort}`} role={rol} ref={ref} tabIndex={ref ? -1 : undefined}>
      <Icoon naam={ICONEN[soort]} />
      <div className="bericht__inhoud">
        {titel && <h2 className="bericht__titel">{titel}</h2>}
        {children}
      </div>
    </div>
  );
}
