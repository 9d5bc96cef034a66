import type { ReactNode } from 'react';
import { Capakeys, Feiten, Status } from '../components/klein';
import { PaginaTitel } from '../components/PaginaTitel';
import { Handelingen } from '../handelingen/Handelingen';
import { Inzage } from '../inzage/Inzage';
import { t } from '../messages.nl';
import type { PandKop as Pand } from './soorten';

const f = t.pand.feiten;

/** Which property this is, and what can be done with it. */
export function PandKop({ pand, children }: { pand: Pand; children?: ReactNode }) {
  return (
    <header className="objectkop">
      <div>
        <p className="objectkop__soort">{t.pand.soort}</p>
        <PaginaTitel titel={pand.titel} />
        <Feiten
          feiten={[
            [f.referte, <span className="code">{pand.referte}</span>],
            [f.gemeente, [pand.postcode, pand.gemeente].filter(Boolean).join(' ')],
            [f.status, <Status>{pand.actief ? t.pand.actief : t.pand.inactief}</Status>],
            [f.capakeys, <Capakeys capakeys={pand.capakeys} />],
          ]}
        />
        <Inzage id={pand.id} referte={pand.referte}>
          {children}
        </Inzage>
      </div>
      <Handelingen subject={pand.id} />
    </header>
  );
}
