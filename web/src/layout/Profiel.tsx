import { useState } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Link } from 'react-router';
import { kiesOrganisatie, meldAf } from '../api/http';
import { Icoon } from '../components/Icoon';
import { useGerechtelijk } from '../lib/kant';
import { t } from '../messages.nl';
import { type Ik, useIk } from '../session/Session';
import { wisAlles } from '../wizard/ontwerp';

const namen = (rollen: readonly { naam: string }[]) => rollen.map((rol) => rol.naam).join(', ');

/** Who you are, for whom you act, and the way out. */
export function Profiel() {
  const ik = useIk();
  return (
    <DialogTrigger>
      <Button className="profielknop" aria-label={t.profiel.menu(ik.naam)}>
        <Icoon naam="persoon" />
        <span className="profielknop__tekst">
          <span>{ik.naam}</span>
          <small>
            {ik.organisatie.naam} · {namen(ik.rollen)}
            {ik.vervangt.length > 0 && ` · ${t.profiel.vervangt(ik.vervangt.join(', '))}`}
            {ik.namens && ` · ${t.profiel.namens(ik.namens)}`}
          </small>
        </span>
        <Icoon naam="pijlOmlaag" />
      </Button>
      <Popover className="uitklap" placement="bottom end">
        <Dialog className="profiel" aria-label={t.profiel.menu(ik.naam)}>
          {({ close }) => <ProfielInhoud ik={ik} sluit={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function ProfielInhoud({ ik, sluit }: { ik: Ik; sluit: () => void }) {
  const gerechtelijk = useGerechtelijk();
  const [bezig, setBezig] = useState(false);
  const [fout, setFout] = useState(false);

  async function doe(werk: () => Promise<string>): Promise<void> {
    setBezig(true);
    try {
      const pad = await werk();
      wisAlles();
      window.location.assign(pad);
    } catch {
      setFout(true);
      setBezig(false);
    }
  }

  const wissel = (code: string) => doe(() => kiesOrganisatie(code).then(() => '/'));
  const andere = ik.organisaties.filter((keuze) => !keuze.actief);
  return (
    <>
      <p className="profiel__naam">{ik.naam}</p>
      <dl className="profiel__feiten">
        <dt>{t.profiel.uOpent}</dt>
        <dd>{ik.organisatie.naam}</dd>
        <dt>{t.profiel.rollen(ik.rollen.length)}</dt>
        <dd>{namen(ik.rollen)}</dd>
      </dl>
      {!gerechtelijk && (
        <p>
          <Link to="/vervanging" onClick={sluit}>
            {t.profiel.vervangingen}
          </Link>
        </p>
      )}
      {andere.length > 0 && (
        <section>
          <h2 className="profiel__kop">{t.profiel.wissel}</h2>
          <ul className="keuzelijst">
            {andere.map((keuze) => (
              <li key={keuze.code}>
                <button type="button" disabled={bezig} onClick={() => void wissel(keuze.code)}>
                  <span>{keuze.naam}</span>
                  <small>{namen(keuze.rollen)}</small>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {fout && <p role="alert">{t.profiel.mislukt}</p>}
      <button type="button" className="knop" disabled={bezig} onClick={() => void doe(meldAf)}>
        {t.profiel.afmelden}
      </button>
    </>
  );
}
