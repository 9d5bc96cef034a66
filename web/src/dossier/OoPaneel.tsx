import { Feiten, Status } from '../components/klein';
import { Sectie } from '../components/Sectie';
import { type Kolom, Tabel } from '../components/Tabel';
import { useHandelingenKolom } from '../handelingen/Handelingen';
import { datum } from '../lib/format';
import { t } from '../messages.nl';
import { Beslissingen } from './Beslissingen';
import type { OoProcedure } from './soorten';

type Advies = OoProcedure['adviezen'][number];
type Reactie = OoProcedure['reacties'][number];
const k = t.kolom;

const ADVIES: Kolom<Advies>[] = [
  { naam: k.entiteit, cel: (advies) => advies.entiteit.titel, kop: true },
  { naam: k.referte, cel: (advies) => <span className="code">{advies.referte}</span>, klasse: 'eenregel' },
  { naam: k.uitslag, cel: (advies) => <Status>{advies.uitslag}</Status> },
  { naam: k.status, cel: (advies) => <Status>{advies.status}</Status> },
  { naam: k.datum, cel: (advies) => datum(advies.datum), klasse: 'eenregel' },
];

const REACTIE: Kolom<Reactie>[] = [
  { naam: k.referte, cel: (reactie) => <span className="code">{reactie.referte}</span>, klasse: 'eenregel', kop: true },
  { naam: k.datum, cel: (reactie) => datum(reactie.datum), klasse: 'eenregel' },
  { naam: k.wijze, cel: (reactie) => reactie.wijze },
  { naam: k.personen, cel: (reactie) => reactie.personen ?? t.app.leeg },
];

/** The course of a procedure OO: request, advice, hearing, decisions. */
export function OoPaneel({ oo, ververs }: { oo: OoProcedure; ververs: () => void }) {
  const { leeg } = t.oo;
  const adviesKolommen = [...ADVIES, ...useHandelingenKolom(oo.adviezen, (advies) => advies.referte)];
  const reactieKolommen = [...REACTIE, ...useHandelingenKolom(oo.reacties, (reactie) => reactie.referte)];
  return (
    <Sectie titel={t.oo.titel}>
      <Feiten
        feiten={[
          [t.oo.datumVerzoek, datum(oo.datumVerzoek)],
          [t.oo.initiatiefnemer, oo.initiatiefnemer],
          [t.oo.datumAdviesvraag, oo.datumAdviesvraag ? datum(oo.datumAdviesvraag) : t.oo.nogNiet],
          [t.oo.termijn, datum(oo.termijnBurgemeester)],
          [t.oo.hoorplichtTot, datum(oo.hoorplichtTot)],
        ]}
      />
      <Sectie titel={t.oo.adviezen} niveau={3} aantal={oo.adviezen.length} leeg={leeg.adviezen}>
        <Tabel
          bijschrift={t.oo.adviezen}
          kolommen={adviesKolommen}
          rijen={oo.adviezen}
          sleutel={(advies) => advies.id}
        />
      </Sectie>
      <Sectie titel={t.oo.hoorplicht} niveau={3} aantal={oo.reacties.length} leeg={leeg.reacties}>
        <Tabel
          bijschrift={t.oo.hoorplicht}
          kolommen={reactieKolommen}
          rijen={oo.reacties}
          sleutel={(reactie) => reactie.id}
        />
      </Sectie>
      <Sectie titel={t.oo.beslissingen} niveau={3} aantal={oo.beslissingen.length} leeg={leeg.beslissingen}>
        <Beslissingen beslissingen={oo.beslissingen} ververs={ververs} />
      </Sectie>
    </Sectie>
  );
}
