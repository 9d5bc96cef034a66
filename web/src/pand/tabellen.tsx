import { Link } from 'react-router';
import { Capakeys, DossierLink, Status } from '../components/klein';
import { type Kolom, Tabel } from '../components/Tabel';
import { Handelingen, useHandelingenKolom } from '../handelingen/Handelingen';
import { datum } from '../lib/format';
import { t } from '../messages.nl';
import { useIk } from '../session/Session';
import type { Pand } from './soorten';

const k = t.kolom;

type Entiteit = Pand['entiteiten'][number];
type Dossier = Pand['dossiers'][number];
type Onderzoek = Pand['onderzoeken'][number];
type Betrokkene = Pand['betrokkenen'][number];

const ENTITEIT: Kolom<Entiteit>[] = [
  { naam: k.omschrijving, cel: (e) => e.titel, kop: true },
  { naam: k.referte, cel: (e) => <span className="code">{e.referte}</span>, klasse: 'eenregel' },
  { naam: k.soort, cel: (e) => e.soortNaam },
  { naam: k.capakeys, cel: (e) => <Capakeys capakeys={e.capakeys} /> },
  { naam: k.lopend, cel: (e) => <Lopend entiteit={e} /> },
];

function Lopend({ entiteit }: { entiteit: Entiteit }) {
  if (!entiteit.deelprocedures.length) return t.app.leeg;
  return (
    <ul className="kaal">
      {entiteit.deelprocedures.map((deel) => (
        <li key={deel.id}>
          <DossierLink dossier={deel.dossier} /> <Status>{deel.status}</Status>
        </li>
      ))}
    </ul>
  );
}

export function EntiteitenTabel({ entiteiten }: { entiteiten: readonly Entiteit[] }) {
  const kolommen = [...ENTITEIT, ...useHandelingenKolom(entiteiten, (e) => e.titel)];
  return <Tabel bijschrift={t.pand.tabs.entiteiten} kolommen={kolommen} rijen={entiteiten} sleutel={(e) => e.id} />;
}

const DOSSIER: Kolom<Dossier>[] = [
  { naam: k.referte, cel: (d) => <DossierLink dossier={d} />, klasse: 'eenregel', kop: true },
  { naam: k.procedure, cel: (d) => d.soortNaam },
  { naam: k.status, cel: (d) => <Status>{d.status}</Status> },
  { naam: k.info, cel: (d) => d.info ?? t.app.leeg },
  { naam: k.gestart, cel: (d) => datum(d.gestartOp), klasse: 'eenregel' },
  { naam: k.organisatie, cel: (d) => d.organisatieNaam },
];

export function ProceduresTabel({ dossiers }: { dossiers: readonly Dossier[] }) {
  return <Tabel bijschrift={t.pand.tabs.procedures} kolommen={DOSSIER} rijen={dossiers} sleutel={(d) => d.id} />;
}

const ONDERZOEK: Kolom<Onderzoek>[] = [
  { naam: k.referte, cel: (o) => <span className="code">{o.referte}</span>, klasse: 'eenregel', kop: true },
  { naam: k.reden, cel: (o) => o.redenNaam },
  { naam: k.datum, cel: (o) => datum(o.datum), klasse: 'eenregel' },
  { naam: k.status, cel: (o) => <Status>{o.status}</Status> },
  { naam: k.resultaten, cel: (o) => <Resultaten onderzoek={o} /> },
  { naam: k.organisatie, cel: (o) => o.organisatieNaam },
  { naam: k.handelingen, cel: (o) => <Handelingen subject={o.id} van={o.referte} />, klasse: 'knoppencel' },
];

function Resultaten({ onderzoek }: { onderzoek: Onderzoek }) {
  return (
    <ul className="kaal">
      {onderzoek.resultaten.map((resultaat) => (
        <li key={resultaat.id}>
          {resultaat.entiteit.titel} <Status>{resultaat.uitslag}</Status>
        </li>
      ))}
    </ul>
  );
}

export function OnderzoekenTabel({ onderzoeken }: { onderzoeken: readonly Onderzoek[] }) {
  return <Tabel bijschrift={t.pand.tabs.onderzoeken} kolommen={ONDERZOEK} rijen={onderzoeken} sleutel={(o) => o.id} />;
}

const BETROKKENE: Kolom<Betrokkene>[] = [
  { naam: k.naam, cel: (b) => b.naam, kop: true },
  { naam: k.rol, cel: (b) => b.rolNaam },
  { naam: k.soort, cel: (b) => t.betrokkene[b.soort] ?? b.soort },
  { naam: k.adres, cel: (b) => b.adres ?? t.app.leeg },
  { naam: k.nummer, cel: (b) => <span className="code">{b.nummer ?? t.app.leeg}</span>, klasse: 'eenregel' },
];

/** For auditors: who saw the data of this person. */
const REGISTER: Kolom<Betrokkene> = {
  naam: t.personen.kolommen.register,
  cel: (b) => <Link to={`/leesregister/${encodeURIComponent(b.id)}`}>{t.leesregister.link}</Link>,
};

export function BetrokkenenTabel({ betrokkenen }: { betrokkenen: readonly Betrokkene[] }) {
  const kolommen = useIk().schermen.includes('logboek') ? [...BETROKKENE, REGISTER] : BETROKKENE;
  return <Tabel bijschrift={t.pand.tabs.betrokkenen} kolommen={kolommen} rijen={betrokkenen} sleutel={(b) => b.id} />;
}
