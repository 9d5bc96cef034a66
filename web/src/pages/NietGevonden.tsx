import { Link, useParams } from 'react-router';
import { PaginaTitel } from '../components/PaginaTitel';
import { Waarom } from '../inzage/Waarom';
import { t } from '../messages.nl';

/** "Absent" and "hidden" are one answer: nobody may learn here whether something exists. */
export function NietGevonden() {
  const { referte } = useParams();
  return (
    <>
      <PaginaTitel titel={t.fout.nietGevonden} />
      <p>{t.fout.nietGevondenUitleg}</p>
      {referte && <Waarom subject={referte} vraag={t.waarom.zieNiet} />}
      <p>
        <Link to="/">{t.fout.naarStart}</Link>
      </p>
    </>
  );
}
