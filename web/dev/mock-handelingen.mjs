// What the dossierbeheerder of the mock may do, per kind of subject.

const handeling = (sleutel, titel, groep, rest = {}) => ({
  sleutel,
  titel,
  groep,
  omschrijving: null,
  beschikbaar: true,
  reden: null,
  gevaarlijk: false,
  ...rest,
});
export const handelingen = {
  Dossier: [
    handeling('oo.beslissing-burgemeester-maken', 'Beslissing burgemeester maken', 'Beslissing', {
      omschrijving: 'Voor een of meer entiteiten tegelijk.',
    }),
    handeling('oo.conflict', 'Reactie hoorplicht registreren', 'Hoorplicht'),
    handeling('oo.stopzetten', 'Procedure stopzetten', 'Dossier', { gevaarlijk: true }),
    handeling('oo.advies-vragen', 'Advies vragen', 'Advies', {
      beschikbaar: false,
      reden: 'Het advies is al gevraagd op 15/09/2026.',
    }),
  ],
  Pand: [
    handeling('oo.starten', 'Procedure OO starten', 'Procedures'),
    handeling('pand.wijzigen', 'Pand wijzigen', 'Pand'),
  ],
  Document: [handeling('document.vervangen', 'Document vervangen', 'Document')],
};
