import { Link } from 'react-router';
import { PaginaTitel } from '../components/PaginaTitel';
import { t } from '../messages.nl';

/** "Absent" and "hidden" are one answer: nobody may learn here whether something exists. */
export function NietGevonden() {
  return (
    <>
      <PaginaTitel titel={t.fout.nietGevonden} />
      <p>{t.fout.nietGevondenUitleg}</p>
      <p>
        <Link to="/">{t.fout.naarStart}</Link>
      </p>
    </>
  );
}
