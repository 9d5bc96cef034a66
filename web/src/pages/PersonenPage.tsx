import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import { PERSONEN } from '../api/inzage';
import { Bericht } from '../components/Bericht';
import { Laden } from '../components/Laden';
import { Leeg, OnderwerpLink } from '../components/klein';
import { PaginaTitel } from '../components/PaginaTitel';
import { type Kolom, Tabel } from '../components/Tabel';
import type { PersonenQuery, PersonenQueryVariables } from '../gql/graphql';
import { GEEN_REDEN, isVerantwoord, Reden } from '../inzage/Reden';
import { datum } from '../lib/format';
import { t } from '../messages.nl';
import { useIk } from '../session/Session';

const MEESTE = 25;
type Persoon = PersonenQuery['personenZoeken']['edges'][number]['node'];

/** Searching for a person: never without saying why. */
export function PersonenPage() {
  const [wie, setWie] = useState({ naam: '', voornaam: '', insz: '' });
  const [waarom, setWaarom] = useState(GEEN_REDEN);
  const [gevraagd, setGevraagd] = useState<PersonenQueryVariables | null>(null);
  const zet = (naam: keyof typeof wie) => (e: { target: { value: string } }) =>
    setWie({ ...wie, [naam]: e.target.value });
  const genoeg = (wie.naam.trim() !== '' || wie.insz.trim() !== '') && isVerantwoord(waarom);

  function zoek(e: FormEvent): void {
    e.preventDefault();
    const leeg = (tekst: string) => tekst.trim() || null;
    const { reden, toelichting } = waarom;
    if (genoeg) {
      const over = { naam: leeg(wie.naam), voornaam: leeg(wie.voornaam), insz: leeg(wie.insz) };
      setGevraagd({ ...over, reden, toelichting, first: MEESTE });
    }
  }

  const veld = (naam: keyof typeof wie, label: string, hulp?: string) => (
    <div className="veld">
      <label className="veld__label" htmlFor={`persoon-${naam}`}>
        {label}
      </label>
      <input type="text" id={`persoon-${naam}`} value={wie[naam]} onChange={zet(naam)} autoComplete="off" />
      {hulp && <small className="veld__hulp">{hulp}</small>}
    </div>
  );
  return (
    <>
      <PaginaTitel titel={t.personen.titel} />
      <Bericht soort="info">
        <p>{t.personen.gelogd}</p>
      </Bericht>
      <form className="personenform" onSubmit={zoek}>
        {veld('naam', t.personen.naam, t.personen.naamHulp)}
        {veld('voornaam', t.personen.voornaam)}
        {veld('insz', t.personen.insz)}
        <Reden waarde={waarom} wijzig={setWaarom} />
        <button type="submit" className="knop knop--hoofd" disabled={!genoeg}>
          {t.personen.zoek}
        </button>
      </form>
      {gevraagd && <Gevonden key={JSON.stringify(gevraagd)} gevraagd={gevraagd} />}
    </>
  );
}

function Gevonden({ gevraagd }: { gevraagd: PersonenQueryVariables }) {
  const [{ data, error, fetching }] = useQuery({ query: PERSONEN, variables: gevraagd, requestPolicy: 'network-only' });
  const { schermen } = useIk();
  if (fetching) return <Laden />;
  if (error) return <Bericht soort="fout" rol="alert" titel={error.graphQLErrors[0]?.message ?? t.fout.algemeen} />;
  const rijen = data?.personenZoeken.edges.map((edge) => edge.node) ?? [];
  if (rijen.length === 0) {
    return (
      <Leeg titel={t.personen.geen}>
        <p>{t.personen.geenUitleg}</p>
      </Leeg>
    );
  }
  return <Tabel bijschrift={t.personen.titel} kolommen={kolommen(schermen)} rijen={rijen} sleutel={(rij) => rij.id} />;
}

function kolommen(schermen: readonly string[]): readonly Kolom<Persoon>[] {
  const k = t.personen.kolommen;
  const register: Kolom<Persoon> = {
    naam: k.register,
    cel: (p) => <Link to={`/leesregister/${encodeURIComponent(p.id)}`}>{t.leesregister.link}</Link>,
  };
  return [
    { naam: k.naam, kop: true, cel: (p) => p.naam },
    { naam: k.nummer, cel: (p) => p.nummer ?? t.app.leeg },
    { naam: k.rol, cel: (p) => p.rolNaam },
    { naam: k.pand, cel: (p) => <OnderwerpLink onderwerp={p.pand && { ...p.pand, soort: 'pand' }} /> },
    { naam: k.van, cel: (p) => datum(p.van), klasse: 'eenregel' },
    ...(schermen.includes('logboek') ? [register] : []),
  ];
}
