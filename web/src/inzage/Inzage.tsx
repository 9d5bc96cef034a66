import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '../messages.nl';
import { useIk } from '../session/Session';
import { Waarom } from './Waarom';

interface Props {
  id: string;
  referte: string;
  /** More links of the same kind. */
  children?: ReactNode;
}

/** Below the title of a page: why one sees it and, for auditors, who consulted it. */
export function Inzage({ id, referte, children }: Props) {
  const { schermen } = useIk();
  return (
    <p className="inzage">
      <Waarom subject={id} vraag={t.waarom.zie} />
      {schermen.includes('logboek') && (
        <Link to={`/logboek?over=${encodeURIComponent(referte)}`}>{t.logboek.raadpleegde}</Link>
      )}
      {children}
    </p>
  );
}
