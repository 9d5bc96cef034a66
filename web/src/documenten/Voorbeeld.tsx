import { useRef } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay, ProgressBar } from 'react-aria-components';
import { Icoon } from '../components/Icoon';
import type { DocumentRijFragment } from '../gql/graphql';
import { t } from '../messages.nl';
import { DocumentStatus } from './DocumentStatus';
import { useDocument } from './useDocument';

/** A document beside the page; on a phone, where browsers cannot show a PDF inside a page, a link to it. */
export function Voorbeeld({ document: begin, sluit }: { document: DocumentRijFragment; sluit: () => void }) {
  const { document, duurtLang } = useDocument(begin);
  const kader = useRef<HTMLIFrameElement>(null);

  /** Some viewers do not let the page print them; then the document opens in a tab of its own. */
  function drukAf(): void {
    try {
      kader.current?.contentWindow?.print();
    } catch {
      window.open(document.url, '_blank', 'noopener');
    }
  }

  return (
    <ModalOverlay className="waas" isOpen isDismissable onOpenChange={(open) => !open && sluit()}>
      <Modal className="zijpaneel">
        <Dialog className="voorbeeld">
          <div className="voorbeeld__kop">
            <Heading slot="title" className="dialoog__titel">
              {document.titel}
            </Heading>
            <Button className="knop--kaal" onPress={sluit} aria-label={t.app.sluiten}>
              <Icoon naam="kruis" />
            </Button>
          </div>
          <div className="voorbeeld__balk">
            <span>
              <DocumentStatus document={document} />
            </span>
            {document.beschikbaar && (
              <span className="rijknoppen">
                <a className="knop knop--klein" href={`${document.url}?download=1`} download>
                  <Icoon naam="download" /> {t.document.download}
                </a>
                <button type="button" className="knop knop--klein enkel-breed" onClick={drukAf}>
                  <Icoon naam="druk" /> {t.document.afdrukken}
                </button>
              </span>
            )}
          </div>
          {document.beschikbaar ? (
            <>
              <iframe
                ref={kader}
                className="voorbeeld__kader enkel-breed"
                src={`${document.url}#navpanes=0&view=FitH`}
                title={document.titel}
              />
              <a className="knop knop--hoofd enkel-smal" href={document.url} target="_blank" rel="noopener">
                {t.document.openen}
              </a>
            </>
          ) : (
            <Maken duurtLang={duurtLang} />
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Maken({ duurtLang }: { duurtLang: boolean }) {
  return (
    <div className="voorbeeld__maken">
      <ProgressBar isIndeterminate aria-label={t.document.wordtGemaakt} className="voortgang voortgang--zoekend">
        <div className="voortgang__balk" />
      </ProgressBar>
      <p role="status">{duurtLang ? t.document.duurtLang : t.document.wordtGemaakt}</p>
    </div>
  );
}
