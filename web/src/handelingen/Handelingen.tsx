import { useId, useState } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Link, useLocation } from 'react-router';
import { useQuery } from 'urql';
import { HANDELINGEN } from '../api/handeling';
import { Icoon } from '../components/Icoon';
import { Laden } from '../components/Laden';
import type { Kolom } from '../components/Tabel';
import type { HandelingenQuery } from '../gql/graphql';
import { Waarom } from '../inzage/Waarom';
import { padVanHandeling } from '../lib/format';
import { t } from '../messages.nl';

type Handeling = HandelingenQuery['handelingen'][number];

interface Props {
  subject: string;
  /** What the actions are for, when there are more menus on the page ("Beslissing BS26-000003"). */
  van?: string;
}

/** The button with everything that the user may do to this subject. Hidden when that is nothing at all. */
export function Handelingen({ subject, van }: Props) {
  const klein = van !== undefined;
  const [open, setOpen] = useState(false);
  // The menu of the page itself is asked at once; those in rows only when somebody opens them.
  const [{ data, error }, herhaal] = useQuery({ query: HANDELINGEN, variables: { subject }, pause: klein && !open });
  if (!klein && !error && !data?.handelingen.length) return null;
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <Button
        className={klein ? 'knop knop--klein' : 'knop knop--hoofd'}
        aria-label={klein ? t.handelingen.knopVoor(van) : undefined}
      >
        {t.handelingen.knop} <Icoon naam="pijlOmlaag" />
      </Button>
      <Popover className="uitklap" placement="bottom end">
        <Dialog className="handelingen" aria-label={klein ? t.handelingen.knopVoor(van) : t.handelingen.knop}>
          {data && <Lijst handelingen={data.handelingen} subject={subject} />}
          {!data && !error && <Laden />}
          {!data && error && <Mislukt opnieuw={() => herhaal({ requestPolicy: 'network-only' })} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Rather an explanation than a button that is gone. */
function Mislukt({ opnieuw }: { opnieuw: () => void }) {
  return (
    <>
      <p role="alert">{t.fout.algemeen}</p>
      <button type="button" className="knop knop--klein" onClick={opnieuw}>
        {t.app.opnieuw}
      </button>
    </>
  );
}

/**
 * The column with a menu per row, or nothing when rows of this kind have no actions for this user. The first row answers
 * for all: what a role may do to the parts of one property or dossier does not differ from part to part.
 */
export function useHandelingenKolom<R extends { id: string }>(
  rijen: readonly R[],
  van: (rij: R) => string,
): readonly Kolom<R>[] {
  const eerste = rijen[0]?.id;
  const [{ data }] = useQuery({ query: HANDELINGEN, variables: { subject: eerste ?? '' }, pause: !eerste });
  if (!data?.handelingen.length) return [];
  const cel = (rij: R) => <Handelingen subject={rij.id} van={van(rij)} />;
  return [{ naam: t.kolom.handelingen, cel, klasse: 'knoppencel' }];
}

function Lijst({ handelingen, subject }: { handelingen: readonly Handeling[]; subject: string }) {
  const mogelijk = handelingen.filter((handeling) => handeling.beschikbaar);
  const nietNu = handelingen.filter((handeling) => !handeling.beschikbaar);
  const groepen = [...new Set(mogelijk.map((handeling) => handeling.groep ?? t.handelingen.overig))];
  return (
    <>
      {mogelijk.length === 0 && <p className="handelingen__geen">{t.handelingen.geen}</p>}
      {groepen.map((groep) => (
        <Groep
          key={groep}
          naam={groepen.length > 1 || groep !== t.handelingen.overig ? groep : undefined}
          handelingen={mogelijk.filter((handeling) => (handeling.groep ?? t.handelingen.overig) === groep)}
          subject={subject}
        />
      ))}
      {nietNu.length > 0 && (
        <details className="handelingen__nietnu">
          <summary>{t.handelingen.nietNu(nietNu.length)}</summary>
          <ul>
            {nietNu.map((handeling) => (
              <li key={handeling.sleutel}>
                <span>{handeling.titel}</span>
                <small>{handeling.reden}</small>
                <Waarom
                  subject={subject}
                  handeling={handeling.sleutel}
                  vraag={t.waarom.kanNiet}
                  over={handeling.titel}
                />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Groep({ naam, handelingen, subject }: { naam?: string; handelingen: readonly Handeling[]; subject: string }) {
  const kop = useId();
  const { pathname, search } = useLocation();
  return (
    <section aria-labelledby={naam && kop}>
      {naam && (
        <h2 className="handelingen__groep" id={kop}>
          {naam}
        </h2>
      )}
      <ul className="keuzelijst">
        {handelingen.map((handeling) => (
          <li key={handeling.sleutel}>
            <Link
              className={handeling.gevaarlijk ? 'gevaarlijk' : undefined}
              to={padVanHandeling(handeling.sleutel, subject, pathname + search)}
              aria-describedby={handeling.omschrijving ? `${kop}-${handeling.sleutel}` : undefined}
            >
              {handeling.titel}
            </Link>
            {handeling.omschrijving && <small id={`${kop}-${handeling.sleutel}`}>{handeling.omschrijving}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
