import { useNavigate, useParams, useSearchParams } from 'react-router';
import { Laden } from '../components/Laden';
import { flash } from '../layout/flash';
import { useGerechtelijk } from '../lib/kant';
import { padVanDossier, padVanPand, veiligPad } from '../lib/format';
import { t } from '../messages.nl';
import { FoutPagina } from '../pages/FoutPagina';
import { NietGevonden } from '../pages/NietGevonden';
import { useIk } from '../session/Session';
import { FormulierPagina } from './FormulierPagina';
import { ontwerpSleutel } from './ontwerp';
import { type Resultaat, useWizard } from './useWizard';

/** The page of the subject; an action that made a procedure leads to that procedure, other subjects to `terug`. */
function padNa(subject: Resultaat['subject'], terug: string): string {
  if (subject?.__typename !== 'Pand' && subject?.__typename !== 'Dossier') return terug;
  const pad = subject.__typename === 'Pand' ? padVanPand(subject.referte) : padVanDossier(subject.referte);
  return terug.startsWith(`${pad}?`) ? terug : pad;
}

/** Any action on any subject, rendered from the descriptor of the server. */
export default function WizardPage() {
  const { sleutel: handeling = '', subject = '' } = useParams();
  return <EenWizard key={`${handeling} ${subject}`} handeling={handeling} subject={subject} />;
}

function EenWizard({ handeling, subject }: { handeling: string; subject: string }) {
  const ik = useIk();
  const kant = useGerechtelijk() ? ['wi'] : [];
  const navigate = useNavigate();
  const [parameters] = useSearchParams();
  const terug = veiligPad(parameters.get('terug'));

  function klaar(resultaat: Resultaat): void {
    const pad = padNa(resultaat.subject, terug);
    flash.set({ tekst: resultaat.bericht ?? t.wizard.uitgevoerd, pad: pad.split('?')[0] ?? pad });
    void navigate(pad);
  }

  const sleutel = ontwerpSleutel(...kant, ik.id, ik.organisatie.code, handeling, subject);
  const wizard = useWizard({ handeling, subject, sleutel }, klaar);
  const { formulier } = wizard;
  if (formulier === null) return <NietGevonden />;
  if (!formulier) return wizard.fout ? <FoutPagina opnieuw={wizard.opnieuwBeginnen} /> : <Laden />;
  return <FormulierPagina formulier={formulier} wizard={wizard} annuleer={() => void navigate(terug)} />;
}
