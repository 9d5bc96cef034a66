import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

interface Props {
  titel: string;
  children: ReactNode;
  /** A dialog that asks for a decision (role alertdialog). */
  dringend?: boolean;
  /** Called on Escape; without it the dialog stays until one of its buttons is used. */
  sluit?: () => void;
}

/** A dialog in the middle of the page. */
export function Dialoog({ titel, children, dringend = false, sluit }: Props) {
  return (
    <ModalOverlay
      className="waas"
      isOpen
      isKeyboardDismissDisabled={!sluit}
      onOpenChange={(open) => !open && sluit?.()}
    >
      <Modal className="venster">
        <Dialog role={dringend ? 'alertdialog' : 'dialog'} className="dialoog">
          <Heading slot="title" className="dialoog__titel">
            {titel}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
